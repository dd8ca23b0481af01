import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { SIMULATION } from "../../../src/datasets/simulation/constants.ts";
import { depositHadron } from "../../../src/datasets/simulation/hadron.ts";
import { ShowerProbe } from "../../../src/datasets/simulation/shower_probe.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

const SLOPE = 1 / Math.sinh(2), COS_THETA = Math.tanh(2);
const { layersToInteraction, hadronResponse } = SIMULATION.pileUp;

function mean(charged: boolean, energy: number, count: number): Float64Array {
  const probe = new ShowerProbe(SLOPE, 0);
  const stream = new RandomStream(1, `hadrons ${charged} ${energy}`);
  for (let k = 0; k < count; k++) depositHadron(probe, stream, energy, SLOPE, 0, charged);
  return probe.layerEnergies().map((sum) => sum / count);
}

Deno.test("depositHadron() leaves the charge of a MIP until a charged hadron interacts", () => {
  const count = 4000;
  const layers = mean(true, 0, count); // without energy there is no shower
  layers.forEach((energy, index) => {
    const survival = Math.exp(-2 * index / (layersToInteraction * COS_THETA));
    const expected = survival * 0.0142 / COS_THETA;
    const relative = Math.sqrt((1 / survival - 1 + 1 / 6) / count);
    assertAlmostEquals(energy, expected, 4.5 * expected * relative, `layer ${2 * index + 1}`);
  });
});

Deno.test("depositHadron() leaves nothing of a neutral hadron without energy", () => {
  assertEquals(mean(false, 0, 100).every((energy) => energy === 0), true);
});

Deno.test("depositHadron() leaves the response of a neutral hadron's energy, where it interacts", () => {
  const count = 4000, energy = 5;
  const total = 2 * mean(false, energy, count).reduce((sum, value) => sum + value, 0);
  // Probability to interact within 28 layers; part of the shower is behind them.
  const interacts = 1 - Math.exp(-28 / (layersToInteraction * COS_THETA));
  assert(total < interacts * hadronResponse * energy);
  // Erlang-like integral over the interaction and the distance to a spot, by midpoints.
  const [shape, scale] = SIMULATION.pileUp.hadronDepth;
  let contained = 0, norm = 0;
  const step = 0.05;
  const within = (distance: number) => {
    let sum = 0, all = 0;
    for (let x = step / 2; x < 25; x += step) {
      const weight = Math.pow(x, shape - 1) * Math.exp(-x);
      all += weight;
      if (x * scale * COS_THETA < distance) sum += weight;
    }
    return sum / all;
  };
  for (let d = 0.25; d < 28; d += 0.5) {
    const weight = Math.exp(-d / (layersToInteraction * COS_THETA));
    contained += weight * within(28 - d);
    norm += weight;
  }
  const expected = interacts * hadronResponse * energy * contained / norm;
  assertAlmostEquals(total / expected, 1, 0.05);
});
