import { fileURLToPath, pathToFileURL } from "node:url";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { readWafers, writeWafers } from "../../src/datasets/files_deno.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import {
  chargesOf,
  concatenateWafers,
  selectWafers,
  waferTable,
} from "../../src/datasets/wafer_table.ts";
import { toPaperOrder } from "../../src/wafer/orders.ts";
import { permission, REFERENCE_DATA, referenceData, testNeeding } from "../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const FILES = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

const ENDINGS = ["csv", "parquet", "npz"];

/** Runs in a fresh folder that is removed afterwards. */
async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_files_" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map((entry) => entry.name);
}

testNeeding(FILES, "readWafers() reads what writeWafers() wrote", () =>
  inFolder(async (folder) => {
    const toy = toyWafers("degenerate", 40, 1);
    const file = `${folder}/toy.csv`;
    assertEquals(await writeWafers(file, toy), 40);
    assertEquals(names(folder), ["toy.csv"]);
    assertEquals(await Array.fromAsync(readWafers(file)), [toy]);

    // Several tables, from one file to another, over one that exists, named by URL.
    const url = pathToFileURL(`${folder}/TOY.CSV`);
    await writeWafers(url, [selectWafers(toy, [1])]);
    assertEquals(await writeWafers(url, readWafers(file, { chunkRows: 7 })), 40);
    const tables = await Array.fromAsync(readWafers(url, { chunkRows: 25 }));
    assertEquals(tables.map(({ count }) => count), [25, 15]);
    assertEquals(concatenateWafers(tables), toy);
  }));

testNeeding(FILES, "readWafers() passes the order on", () =>
  inFolder(async (folder) => {
    const { charges } = toyWafers("shower", 2, 1);
    for (const ending of ENDINGS) {
      const file = `${folder}/q.${ending}`;
      await writeWafers(file, waferTable(toPaperOrder(charges)));
      const [table] = await Array.fromAsync(readWafers(file, { order: "paper" }));
      assertEquals(table.charges, charges, ending);
    }
  }));

testNeeding(FILES, "every format keeps whole tables and events", () =>
  inFolder(async (folder) => {
    const { charges } = toyWafers("shower", 50, 1);
    const table = waferTable(
      charges,
      {
        event: Float64Array.from({ length: 50 }, (_, wafer) => Math.floor(wafer / 7)),
        layer: Float64Array.from({ length: 50 }, (_, wafer) => 1 + 2 * (wafer % 14)),
        eta: Float64Array.from({ length: 50 }, (_, wafer) => wafer === 3 ? NaN : 3 / (wafer + 1)),
        gen_kind: Array.from(
          { length: 50 },
          (_, wafer) => wafer % 3 ? "electron" : "photon, \u00e9",
        ),
      },
      charges.map((charge) => 3 * charge),
    );
    for (const ending of ENDINGS) {
      const file = `${folder}/events.${ending}`;
      assertEquals(await writeWafers(file, table, { rowGroupRows: 20 }), 50);
      const tables = await Array.fromAsync(readWafers(file, { chunkRows: 10 }));
      assertEquals(tables.map(({ count }) => count), [14, 14, 14, 8], ending);
      assertEquals(concatenateWafers(tables), table, ending);
    }
  }));

testNeeding(FILES, "every format says when a file was cut off", () =>
  inFolder(async (folder) => {
    for (const ending of ENDINGS) {
      const file = `${folder}/cut.${ending}`;
      await writeWafers(file, toyWafers("shower", 20, 1));
      await Deno.truncate(file, (await Deno.stat(file)).size - 5);
      await assertRejects(
        () => Array.fromAsync(readWafers(file)),
        TypeError,
        file,
      );
    }
  }));

testNeeding(
  FILES,
  "readWafers() names file and line of an error",
  () =>
    inFolder(async (folder) => {
      const file = `${folder}/bad.csv`;
      await writeWafers(file, toyWafers("shower", 3, 1));
      await Deno.writeTextFile(file, "1,2,3\n", { append: true });
      await assertRejects(
        () => Array.fromAsync(readWafers(file)),
        TypeError,
        `Cannot read wafers from ${file}: line 5`,
      );
    }),
);

testNeeding(
  FILES,
  "readWafers() says that a file is missing, or a folder",
  () =>
    inFolder(async (folder) => {
      for (const ending of ENDINGS) {
        await assertRejects(
          () => Array.fromAsync(readWafers(`${folder}/none.${ending}`)),
          Deno.errors.NotFound,
          `Cannot read wafers from ${folder}/none.${ending}: there is no such file`,
        );
        await Deno.mkdir(`${folder}/folder.${ending}`);
        await assertRejects(
          () => Array.fromAsync(readWafers(`${folder}/folder.${ending}`)),
          Deno.errors.IsADirectory,
          `Cannot read wafers from ${folder}/folder.${ending}: it is a folder`,
        );
      }
    }),
);

testNeeding(
  FILES,
  "readWafers() closes a file that is not read to its end",
  () =>
    inFolder(async (folder) => {
      // The test runner fails a test that leaves a file open.
      await writeWafers(`${folder}/toy.csv`, toyWafers("shower", 5000, 1));
      for await (const table of readWafers(`${folder}/toy.csv`, { chunkRows: 1 })) {
        assertEquals(chargesOf(table, 0).length, 48);
        break;
      }
    }),
);

testNeeding(
  FILES,
  "writeWafers() leaves nothing behind when it fails",
  () =>
    inFolder(async (folder) => {
      for (const ending of ENDINGS) {
        const file = `${folder}/toy.${ending}`;
        const good = toyWafers("shower", 2, 1);
        const bad = { ...good, charges: good.charges.map(() => NaN) };
        await assertRejects(() => writeWafers(file, [good, bad]), RangeError, "Cannot use wafer");
        await assertRejects(
          () => writeWafers(file, []),
          TypeError,
          `Cannot write wafers to ${file}: there are none`,
        );
        const unlike = waferTable(good.charges, { t: ["a", "b"] });
        await assertRejects(() => writeWafers(file, [good, unlike]), TypeError, "columns");
        assertEquals(names(folder), []);

        // A file that was there before stays as it was.
        await writeWafers(file, good);
        await assertRejects(() => writeWafers(file, bad), RangeError);
        assertEquals(await Array.fromAsync(readWafers(file)), [good]);
        assertEquals(names(folder), [`toy.${ending}`]);
        await Deno.remove(file);
      }
    }),
);

testNeeding(FILES, "writeWafers() says that a folder is missing", () =>
  inFolder(async (folder) => {
    await assertRejects(
      () => writeWafers(`${folder}/none/toy.csv`, toyWafers("shower", 2, 1)),
      Deno.errors.NotFound,
      `Cannot write wafers to ${folder}/none/toy.csv: there is no such folder`,
    );
  }));

Deno.test("readWafers() and writeWafers() refuse other endings at once", async () => {
  assertThrows(
    () => readWafers("wafers.root"),
    TypeError,
    "Cannot read wafers from wafers.root: the name must end in one of .csv, .parquet, .npz",
  );
  await assertRejects(
    () => writeWafers("wafers", toyWafers("shower", 1, 1)),
    TypeError,
    "Cannot write wafers to wafers: the name must end in one of .csv, .parquet, .npz",
  );
});

Deno.test("readWafers() finds impossible options before it opens a file", () => {
  for (const ending of ENDINGS) {
    assertThrows(
      () => readWafers(`none.${ending}`, { chunkRows: 0 }),
      RangeError,
      `Cannot read wafers from none.${ending}: chunkRows must be an integer >= 1`,
    );
  }
  assertThrows(
    () => readWafers("none.parquet", { textColumns: ["event"] }),
    TypeError,
    "textColumns are for CSV alone",
  );
});

testNeeding(
  [referenceData("wafers/dense.csv")],
  "readWafers() reads simulated wafers",
  async () => {
    const table = concatenateWafers(
      await Array.fromAsync(readWafers(new URL("wafers/dense.csv", REFERENCE_DATA))),
    );
    assertEquals(table.count, 4235);
    assertEquals([...chargesOf(table, 0).subarray(0, 5)], [104, 76, 7, 51, 224]);
  },
);
