import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { COMMAND, evaluationExperiment } from "../../scripts/evaluate_surrogate.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { reconstructWafers, toyWafers } from "../../src/datasets/mod.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { closedForm } from "../../src/models/surrogates/closed_form.ts";
import { exactEstimator } from "../../src/models/surrogates/evaluation_exact.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const RUN = [
  permission({ name: "run", command: "deno" }),
  permission({ name: "read", path: ROOT }),
];

/** Runs the experiment on toy wafers, in memory; its result and its table. */
async function _run() {
  const store = memoryStore();
  const inputs = {
    wafers: toyWafers("shower", 60, 1),
    surrogates: [
      { name: "exact", estimator: exactEstimator() },
      { name: "closed_form", estimator: closedForm() },
    ],
    reconstruct: new Map([
      ["blur", (charges: Float64Array) => reconstructWafers(charges, new RandomStream(1, "blur"))],
    ]),
  };
  const { result, folder } = await runExperiment(evaluationExperiment(inputs), {
    config: {
      surrogates: inputs.surrogates.map(({ name }) => name),
      backend: "typescript",
      reconstructions: ["blur"],
      order: "train",
      pairs: 100,
      descent: 10,
    },
    seeds: [1],
    dataChecksum: "toy",
    backend: "typescript",
    version: "0",
    store,
  });
  return { result, table: new TextDecoder().decode(await store.read(`${folder}/table.md`)) };
}

Deno.test("evaluate_surrogate.ts keeps a table, quantities and figures, the same each time", async () => {
  const { result, table } = await _run(), again = await _run();
  assertEquals(table, again.table);
  assertEquals(result, again.result);
  assertEquals(result.figures.map(({ name }) => name), [
    "relative_difference_random",
    "relative_difference_random_6_cells",
    "relative_difference_reconstruction_blur",
    "relative_difference_near",
    "descent",
  ]);
  const valueOf = (name: string) => result.quantities.find((one) => one.name === name)!.mean;
  assert(valueOf("closed_form, random: sigma") < 7);
  assert(valueOf("closed_form, random: cosine") > 0.9);
  for (const name of ["exact", "closed_form"]) {
    assert(valueOf(`${name}: EMD at the end of the descent`) < 0.1);
  }
  // The exact solver has no error, on any kind of pairs, near or far.
  const rows = table.split("\n").filter((line) => /^\| [a-z].*\| exact /.test(line));
  assertEquals(rows.length, 4);
  for (const row of rows) {
    const cells = row.split("|").map((cell) => cell.trim()).slice(4, -1);
    assertEquals(cells.slice(0, 5), ["0.00", "0.00", "0.00", "1.0000", "1.000"]);
    assertAlmostEquals(Number(cells.at(-1)), 0, 1e-12);
  }
});

Deno.test("evaluate_surrogate.ts explains itself", () => {
  const help = helpText(COMMAND);
  for (const word of ["published:FILE.json", "closed_form", "cosine", "--reconstructions"]) {
    assert(help.includes(word), word);
  }
  assertEquals(parseCommand(COMMAND, [])!.surrogate, "exact,closed_form");
});

testNeeding(RUN, "evaluate_surrogate.ts says what it cannot use", async () => {
  const cases: [string[], string][] = [
    [["--surrogate", "no/such/folder"], "there is no file"],
    [["--surrogate", "exact", "--input", "absent.csv"], "absent.csv"],
    [["--pairs", "0"], "--pairs must be an integer >= 1, current value is 0"],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await new Deno.Command("deno", {
      args: [
        ...[
          "run",
          "--lock=tests/deno.lock",
          "--no-prompt",
          "--allow-read",
          "--allow-write=results",
        ],
        ...["scripts/evaluate_surrogate.ts", ...args],
      ],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    const said = new TextDecoder().decode(stderr);
    assertEquals(code, 1);
    assert(said.includes(message), said);
    assert(!said.includes("    at "), `no stack: ${said}`);
  }
});
