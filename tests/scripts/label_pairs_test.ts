import { fileURLToPath } from "node:url";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { COMMAND, labelPairs, type LabelPairsOptions } from "../../scripts/label_pairs.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { writeWafers } from "../../src/datasets/files_deno.ts";
import type { NpyArray } from "../../src/datasets/formats/npy.ts";
import { parseNpz } from "../../src/datasets/formats/npz.ts";
import { reconstructWafers } from "../../src/datasets/toy/toy_distortions.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { concatenateWafers, selectWafers, waferTable } from "../../src/datasets/wafer_table.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { waferEmdBatch } from "../../src/wafer/emd_batch.ts";
import { waferEmd } from "../../src/wafer/emd.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const HERE = new URL(".", import.meta.url);
const FILES = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: HERE }),
];

/** 60 showers, the first 20 again and tripled, and one wafer without charge at the start. */
const WAFERS = _wafers();

function _wafers() {
  const showers = toyWafers("shower", 60, 5);
  const tripled = selectWafers(showers, [...Array(20).keys()]).charges.map((charge) => 3 * charge);
  return concatenateWafers([waferTable(new Float64Array(48)), showers, waferTable(tripled)]);
}

testNeeding(
  FILES,
  "label_pairs labels with the exact EMD and its gradient, of every kind",
  () =>
    _inFolder(async (run) => {
      for (const kind of ["random", "all", "near", "reconstruction"] as const) {
        const { arrays } = await run({ kind, pairs: 4000, gradients: true });
        const { x, y, emd, gradient, split } = arrays;
        const { values, gradients } = waferEmdBatch(x, y, { gradients: true });
        assertEquals(emd, values, kind);
        assertEquals(gradient, Float32Array.from(gradients!), kind);
        assertAlmostEquals(emd[7], waferEmd(_row(x, 7), _row(y, 7)).value, 1e-12);
        assertEquals(split, split.toSorted());
      }
    }),
);

testNeeding(
  FILES,
  "label_pairs puts no wafer on both sides, nor one that differs in scale",
  () =>
    _inFolder(async (run) => {
      for (const kind of ["random", "all", "near", "reconstruction"] as const) {
        const { arrays: { x, y, split } } = await run({ kind, pairs: 4000 });
        const sides = [new Set<string>(), new Set<string>()];
        split.forEach((side, pair) =>
          [x, y].forEach((wafers) => sides[side].add(_fractions(_row(wafers, pair))))
        );
        assert(sides[0].size > 20 && sides[1].size > 5);
        assertEquals(sides[0].intersection(sides[1]).size, 0, kind);
      }
    }),
);

testNeeding(
  FILES,
  "label_pairs draws the pairs that were asked for",
  () =>
    _inFolder(async (run) => {
      const random = await run({ kind: "random", pairs: 1000 });
      assertEquals(_sideCounts(random.arrays), [700, 300]);
      const { first, second, x, y } = random.arrays;
      assert(first.every((row, pair) => row !== second[pair] && row > 0));
      first.forEach((row, pair) => {
        assertEquals([..._row(x, pair)], [..._row(WAFERS.charges, row)]);
        assertEquals([..._row(y, pair)], [..._row(WAFERS.charges, second[pair])]);
      });

      const some = await run({ kind: "all", pairs: 4000, wafers: 40, "both-orders": true });
      const wafers = new Set(some.arrays.first);
      assertEquals(wafers.size, 40);
      const [train, validation] = _sideCounts(some.arrays).map(Math.sqrt);
      assert(Number.isInteger(train) && train + validation === 40);
      assertAlmostEquals(train, 28, 1); // a wafer and its copy stay together

      const sixty = await run({ kind: "near", pairs: 1000, "train-percent": 60 });
      assertEquals(_sideCounts(sixty.arrays)[1], 400);
      assertEquals(sixty.arrays.first, sixty.arrays.second);
      assert(sixty.arrays.x.some((charge, i) => charge !== sixty.arrays.y[i]));
      assert(sixty.arrays.emd.every((emd) => emd < 4));

      const decoded = await run({ kind: "reconstruction" });
      assertEquals(
        decoded.arrays.first.toSorted(),
        Uint32Array.from({ length: 80 }, (_, k) => k + 1),
      );
    }),
);

testNeeding(
  FILES,
  "label_pairs writes equal bytes on one worker and on two, by the seed",
  () =>
    _inFolder(async (run) => {
      for (const output of ["a.npz", "a.parquet", "a.csv"]) {
        const options = { kind: "near", pairs: 300, gradients: true, output } as const;
        const [one, two] = [
          await run({ ...options, workers: 1 }),
          await run({ ...options, workers: 2 }),
        ];
        assertEquals(one.bytes, two.bytes);
        assert((await run({ ...options, seed: 2 })).bytes.toHex() !== one.bytes.toHex());
      }
    }),
);

testNeeding(FILES, "label_pairs splits by event", () =>
  _inFolder(async (run) => {
    const { arrays: { first, split } } = await run({ "split-by": "event", pairs: 2000 });
    const side = new Map<number, number>();
    first.forEach((row, pair) => {
      const event = Math.floor(row / 9);
      assertEquals(side.get(event) ?? split[pair], split[pair]);
      side.set(event, split[pair]);
    });
    assert(side.size > 5);
  }));

testNeeding(
  FILES,
  "label_pairs refuses what it cannot do, and leaves nothing behind",
  () =>
    _inFolder(async (run, folder) => {
      const before = _names(folder);
      const cases: [Partial<LabelPairsOptions>, string][] = [
        [{ kind: "all", pairs: 100 }, "--pairs allows 100, current number is"],
        [{ wafers: 90 }, "as many with charge, current number is 80"],
        [{ "train-percent": 100 }, "must be below 100, current value is 100"],
        [{ "both-orders": true }, "--both-orders is for kind all, current kind is random"],
        [{ reconstructions: `${folder}/wafers.csv` }, "go together, current kind is random"],
        [{ kind: "reconstruction", reconstructions: undefined }, "go together"],
        [{ kind: "reconstruction", reconstructions: `${folder}/few.csv` }, "current number is 3"],
        [{ output: "pairs.txt" }, "must end in one of .npz, .parquet, .csv"],
        [{ input: `${folder}/absent.csv` }, "absent.csv"],
      ];
      for (const [options, message] of cases) {
        const error = await assertRejects(() => run(options), Error, message);
        assert(error instanceof Deno.errors.NotFound || /^Cannot [^:]+: /.test(error.message));
      }
      assertEquals(_names(folder), before);
    }),
);

testNeeding(FILES, "label_pairs.ts shows its command as --help does", async () => {
  const usage = /deno run .*\.ts/.exec(helpText(COMMAND))![0];
  const text = await Deno.readTextFile(new URL("scripts/label_pairs.ts", ROOT));
  assert(text.includes(` ${usage}\n`));
});

type _Arrays = {
  x: Float32Array;
  y: Float32Array;
  emd: Float64Array;
  gradient?: Float32Array;
  first: Uint32Array;
  second: Uint32Array;
  split: Uint8Array;
};

/** Labels pairs with some options; the file's bytes, and its arrays when it is an npz. */
type _Run = (
  options: Partial<LabelPairsOptions>,
) => Promise<{ bytes: Uint8Array; arrays: _Arrays }>;

/** Runs in a fresh folder with files of wafers, in silence. */
async function _inFolder(test: (run: _Run, folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_label_" });
  const { log, error } = console;
  try {
    console.log = console.error = () => {};
    const event = Float64Array.from({ length: WAFERS.count }, (_, row) => Math.floor(row / 9));
    await writeWafers(`${folder}/wafers.csv`, waferTable(WAFERS.charges, { event }));
    const decoded = reconstructWafers(WAFERS.charges, new RandomStream(1, "decoder"));
    await writeWafers(`${folder}/decoded.csv`, waferTable(decoded));
    await writeWafers(`${folder}/few.csv`, waferTable(decoded.slice(0, 3 * 48)));
    await test(async (options) => {
      const decodedFile = options.kind === "reconstruction" ? `${folder}/decoded.csv` : undefined;
      const given = {
        ...parseCommand(COMMAND, [])!,
        input: `${folder}/wafers.csv`,
        reconstructions: decodedFile,
        workers: 1,
        ...options,
        output: `${folder}/${options.output ?? "pairs.npz"}`,
      };
      await labelPairs(given);
      const bytes = await Deno.readFile(given.output);
      assertEquals(_names(folder).filter((name) => name.endsWith(".partial")), []);
      await Deno.remove(given.output);
      return { bytes, arrays: _arrays(given.output.endsWith(".npz") ? parseNpz(bytes) : {}) };
    }, folder);
  } finally {
    Object.assign(console, { log, error });
    await Deno.remove(folder, { recursive: true });
  }
}

function _arrays(arrays: Record<string, NpyArray>): _Arrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { data }]) => [name, data]),
  ) as unknown as _Arrays;
}

function _row<T extends Float32Array | Float64Array>(wafers: T, row: number): T {
  return wafers.subarray(row * 48, (row + 1) * 48) as T;
}

/** Charge fractions as text, to 6 digits: equal for wafers that differ in scale alone. */
function _fractions(wafer: Float32Array): string {
  const sum = wafer.reduce((sum, charge) => sum + charge, 0);
  return Array.from(wafer, (charge) => (charge / sum).toFixed(6)).join();
}

function _sideCounts({ split }: _Arrays): number[] {
  return [0, 1].map((side) => split.filter((other) => other === side).length);
}

function _names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}
