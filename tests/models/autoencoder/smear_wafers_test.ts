import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { waferConditions } from "../../../src/models/inference/mod.ts";
import { smearWafers } from "../../../src/models/autoencoder/smear_wafers.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { waferTable } from "../../../src/datasets/wafer_table.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { normalise } from "../../../src/wafer/mod.ts";

const ROWS = 200, STRENGTH = 0.3;
const CHARGES = Float32Array.from(
  normalise(toyWafers("shower", ROWS, 5).charges, "power_of_two"),
);

Deno.test("logarithms of charges spread as was asked for, one wafer's together with its scale", () => {
  const targets = CHARGES.slice(), batch = { inputs: CHARGES.slice(), targets, count: ROWS };
  smearWafers(STRENGTH)(batch, new RandomStream(1, "smear"));
  assertEquals(batch.inputs, targets);
  let squares = 0, count = 0;
  for (let row = 0; row < ROWS; row++) {
    const logs: number[] = [];
    let sum = 0;
    for (let k = row * 48; k < (row + 1) * 48; k++) {
      assertEquals(targets[k] === 0, CHARGES[k] === 0);
      if (CHARGES[k] > 0) logs.push(Math.log(targets[k] / CHARGES[k]));
      sum += targets[k];
    }
    assert(sum >= 1 - 1e-6 && sum < 2 + 1e-6, `wafer ${row} sums to ${sum}`);
    if (logs.length < 2) continue;
    const mean = logs.reduce((a, b) => a + b) / logs.length;
    squares += logs.reduce((total, log) => total + (log - mean) ** 2, 0);
    count += logs.length - 1;
  }
  assertAlmostEquals(Math.sqrt(squares / count), STRENGTH, 0.03 * STRENGTH);
});

Deno.test("the total is that of the smeared wafer, other conditions stay", () => {
  const size = 50, inputs = new Float32Array(ROWS * size);
  for (let row = 0; row < ROWS; row++) {
    inputs.set(CHARGES.subarray(row * 48, (row + 1) * 48), row * size);
    inputs.set([7, 0.25], row * size + 48);
  }
  const batch = { inputs, targets: CHARGES.slice(), count: ROWS };
  smearWafers(STRENGTH, ["eta", "total"])(batch, new RandomStream(2, "smear"));
  const expected = waferConditions(waferTable(Float64Array.from(batch.targets)), ["total"]);
  for (let row = 0; row < ROWS; row++) {
    assertEquals(inputs[row * size + 48], 7);
    assertAlmostEquals(inputs[row * size + 49], expected[row], 1e-5);
  }
});
