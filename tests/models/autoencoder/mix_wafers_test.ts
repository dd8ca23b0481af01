import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { toyWafers, waferTable } from "../../../src/datasets/mod.ts";
import { type ConditionName, waferConditions } from "../../../src/models/autoencoder/conditions.ts";
import { mixWafers } from "../../../src/models/autoencoder/mix_wafers.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { normalise } from "../../../src/wafer/mod.ts";

const COUNT = 64;
const WAFERS = Float32Array.from(normalise(toyWafers("shower", COUNT, 1).charges, "power_of_two"));

function _mixed(part: number, conditions: readonly ConditionName[] = [], seed = 1) {
  const size = 48 + conditions.length, inputs = new Float32Array(COUNT * size);
  for (let row = 0; row < COUNT; row++) {
    inputs.set(WAFERS.subarray(48 * row, 48 * row + 48), row * size);
    inputs.fill(row + 100, row * size + 48, (row + 1) * size);
  }
  const batch = { inputs, targets: WAFERS.slice(), count: COUNT };
  mixWafers(part, conditions)(batch, new RandomStream(seed, "mix"));
  return batch;
}

const _row = (rows: Float32Array, row: number, size = 48) =>
  rows.subarray(size * row, size * row + 48);

Deno.test("mixed wafers lie between two wafers of the batch, nearer to their own", () => {
  const { targets } = _mixed(1);
  let mixed = 0;
  for (let row = 0; row < COUNT; row++) {
    const own = _row(WAFERS, row), found = _row(targets, row);
    const sum = found.reduce((a, b) => a + b);
    assert(sum > 1 - 1e-6 && sum < 2 + 1e-6, `${sum}`);
    // One other wafer and one weight explain all 48 charges.
    const explained = Array.from({ length: COUNT }, (_, k) => k).some((k) => {
      const other = _row(WAFERS, k);
      const apart = other.map((charge, cell) => charge - own[cell]);
      const along = found.reduce((a, charge, cell) => a + (charge - own[cell]) * apart[cell], 0);
      const length = apart.reduce((a, b) => a + b * b, 0);
      const weight = length === 0 ? 0 : along / length;
      return weight > -1e-6 && weight < 0.5 + 1e-6 &&
        found.every((charge, cell) => Math.abs(charge - own[cell] - weight * apart[cell]) < 1e-6);
    });
    assert(explained, `wafer ${row}`);
    if (found.some((charge, cell) => charge !== own[cell])) mixed++;
  }
  assert(mixed > 0.9 * COUNT);
});

Deno.test("inputs are the targets, with the total of a mixed wafer and its other conditions", () => {
  const { inputs, targets } = _mixed(0.5, ["eta", "total", "layer"]);
  const totals = waferConditions(waferTable(targets), ["total"]);
  let mixed = 0;
  for (let row = 0; row < COUNT; row++) {
    assertEquals(_row(inputs, row, 51), _row(targets, row));
    const [eta, total, layer] = inputs.subarray(51 * row + 48, 51 * row + 51);
    assertEquals([eta, layer], [row + 100, row + 100]);
    if (total === row + 100) continue;
    assertAlmostEquals(total, totals[row], 1e-4);
    mixed++;
  }
  assert(mixed > COUNT / 4 && mixed < 3 * COUNT / 4, `${mixed}`);
});

Deno.test("as large a part is mixed as was asked for", () => {
  assertEquals(_mixed(0).targets, WAFERS);
  let mixed = 0;
  for (let seed = 0; seed < 40; seed++) {
    const { targets } = _mixed(0.25, [], seed);
    for (let row = 0; row < COUNT; row++) {
      if (_row(targets, row).some((charge, cell) => charge !== WAFERS[48 * row + cell])) mixed++;
    }
  }
  // A wafer may be mixed with itself.
  assertAlmostEquals(mixed / (40 * COUNT), 0.25 * (1 - 1 / COUNT), 0.03);
});
