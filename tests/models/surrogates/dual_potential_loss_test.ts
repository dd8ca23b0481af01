import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { CTransform } from "../../../src/models/surrogates/c_transform.ts";
import { dualPotentialLoss } from "../../../src/models/surrogates/dual_potential_loss.ts";
import { dualPotentialRows } from "../../../src/models/surrogates/dual_potential_rows.ts";
import { trainingPairs } from "../../../src/models/surrogates/training_pairs.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { CELLS, waferDistances, waferEmdBatch } from "../../../src/wafer/mod.ts";

const ROWS = 24, SIZE = CELLS + 1;

async function targets() {
  const pairs = trainingPairs(toyWafers("shower", 50, 1), { seed: 2 });
  const batch = await pairs.at(0, ROWS);
  return { ...batch, targets: dualPotentialRows(batch).targets };
}

/** The mean distance to what is opposite, disturbed, and a correction; doubles, for differences. */
function guesses(targets: Float32Array, disturbance: number): Float64Array {
  const random = new RandomStream(3, "guesses"), distances = waferDistances();
  const output = new Float64Array(ROWS * SIZE);
  for (let row = 0; row < ROWS; row++) {
    for (let k = 0; k < CELLS; k++) {
      let mean = 0;
      for (let j = 0; j < CELLS; j++) mean += targets[row * SIZE + j] * distances[k * CELLS + j];
      output[row * SIZE + k] = -mean + disturbance * random.normal();
    }
    output[row * SIZE + CELLS] = 0.1 * random.normal();
  }
  return output;
}

Deno.test("for optimal potentials it is the logarithm of the EMD and the error of the correction", async () => {
  const { x, y, emd, targets: target } = await targets();
  const { gradients } = waferEmdBatch(x, y, { gradients: true });
  const output = new Float64Array(ROWS * SIZE);
  for (let row = 0; row < ROWS; row++) {
    for (let k = 0; k < CELLS; k++) output[row * SIZE + k] = -gradients![row * CELLS + k];
    output[row * SIZE + CELLS] = 0.01 * row;
  }
  const { value, gradient } = await dualPotentialLoss().valueAndGradient(target, output);
  for (let row = 0; row < ROWS; row++) {
    const size = emd[row] / target[row * SIZE + CELLS];
    // The least distance of two cells is that across a seam, 1.8028.
    const expected = -Math.log(emd[row] / size / (1.80278 / 2)) + (0.01 * row) ** 2;
    assertAlmostEquals(value[row], expected, 1e-3);
    assertAlmostEquals(gradient[row * SIZE + CELLS], 2 * 0.01 * row, 1e-3);
  }
});

for (const disturbance of [0.1, 30]) {
  Deno.test(`its gradient is what finite differences see, with guesses off by ${disturbance}`, async () => {
    const { targets: target } = await targets();
    const loss = dualPotentialLoss(), output = guesses(target, disturbance);
    const { gradient } = await loss.valueAndGradient(target, output);
    const random = new RandomStream(4, "directions"), step = 1e-7;
    let largest = 0;
    for (const part of ["potential", "correction"] as const) {
      // The bound is a constant where it is corrected: potentials are moved where the error is zero.
      const shown = target.slice();
      if (part === "potential") {
        const transform = new CTransform();
        for (let row = 0; row < ROWS; row++) {
          const offset = row * SIZE, last = offset + CELLS;
          const bounds = (["sinks", "sources"] as const).map((side) =>
            transform.lowerBound(output, offset, target, offset, side)
          );
          shown[last] = (1 + output[last]) * Math.max(...bounds);
        }
      }
      const direction = output.map((_, k) =>
        (k % SIZE === CELLS) === (part === "correction") ? random.normal() : 0
      );
      const at = async (sign: number) =>
        (await loss.valueAndGradient(shown, output.map((z, k) => z + sign * step * direction[k])))
          .value;
      const [up, down] = [await at(1), await at(-1)];
      for (let row = 0; row < ROWS; row++) {
        const slope = (up[row] - down[row]) / (2 * step);
        let expected = 0;
        for (let k = row * SIZE; k < (row + 1) * SIZE; k++) expected += gradient[k] * direction[k];
        assertAlmostEquals(slope, expected, 1e-5 * Math.max(1, Math.abs(expected)));
        largest = Math.max(largest, Math.abs(slope));
      }
    }
    assert(largest > 0.1);
  });
}

Deno.test("labels do not reach the potential", async () => {
  const { targets: target } = await targets();
  const output = guesses(target, 1), other = target.map((t, k) => k % SIZE === CELLS ? 2 * t : t);
  const one = await dualPotentialLoss().valueAndGradient(target, output);
  const two = await dualPotentialLoss().valueAndGradient(other, output);
  for (let k = 0; k < output.length; k++) {
    if (k % SIZE === CELLS) assert(one.gradient[k] !== two.gradient[k]);
    else assertEquals(one.gradient[k], two.gradient[k]);
  }
});
