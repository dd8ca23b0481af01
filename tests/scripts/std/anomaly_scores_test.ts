import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { scores, unusualWafers, withBursts } from "../../../scripts/std/anomaly_scores.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { waferTable } from "../../../src/datasets/wafer_table.ts";
import { waferEmd } from "../../../src/wafer/mod.ts";

Deno.test("scores are the EMD to the reconstruction and the mean squared difference", () => {
  const charges = new Float64Array(2 * 48), made = new Float32Array(2 * 48);
  charges.set([3, 1]);
  made.set([0.5, 0.5]);
  charges[48 + 9] = 7;
  made[48 + 9] = 1;
  const { EMD, MSE } = scores(charges, { reconstruct: () => made });
  assertAlmostEquals(
    EMD[0],
    waferEmd(charges.slice(0, 48), Float64Array.from(made.slice(0, 48))).value,
  );
  assertAlmostEquals(MSE[0], 2 * 0.25 ** 2 / 48);
  assertEquals([EMD[1], MSE[1]], [0, 0]);
});

Deno.test("a burst of noise adds the wafer's charge in two cells", () => {
  const table = waferTable(new Float64Array(20 * 48).fill(1));
  const { charges } = withBursts(table, new RandomStream(1, "bursts"));
  for (let row = 0; row < 20; row++) {
    const wafer = charges.subarray(row * 48, (row + 1) * 48);
    assertEquals(wafer.reduce((a, b) => a + b), 96);
    assert(wafer.filter((charge) => charge > 1).length <= 2);
  }
});

Deno.test("unusual wafers have more than one photon, a hadron, or noise", () => {
  const columns = { layer: Float64Array.of(7, 7), sim_energy: Float64Array.of(5, 0) };
  const table = (charge: number) => waferTable(new Float64Array(2 * 48).fill(charge), columns);
  const wafers = {
    amid: table(1),
    clean: table(2),
    photons: table(3),
    secondPhotons: table(4),
    hadrons: table(5),
  };
  const kinds = unusualWafers(wafers, waferTable(new Float64Array(48).fill(1)), 1);
  assertEquals([...kinds].map(([kind, { count }]) => [kind, count]), [
    ["two photons", 1],
    ["hadron", 1],
    ["noise burst", 1],
  ]);
  assertEquals(kinds.get("two photons")!.charges[0], 7);
  assertEquals(kinds.get("hadron")!.charges[0], 5);
});
