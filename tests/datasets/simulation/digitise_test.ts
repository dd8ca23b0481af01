import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { RecordedWafer } from "../../../src/datasets/simulation/cell_energies.ts";
import { digitise } from "../../../src/datasets/simulation/digitise.ts";
import { TRIGGER_LAYER_Z } from "../../../src/datasets/simulation/layers.ts";
import { SuppressedNoise } from "../../../src/datasets/simulation/noise.ts";
import { HIGH_DENSITY, LOW_DENSITY } from "../../../src/datasets/simulation/sensor_cells.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { roundTripCharge } from "../../../src/wafer/charge_code.ts";

const MIP = 0.0142;
const SILENT = { read: (signal: number) => signal } as SuppressedNoise;

function wafer(x: number, y: number, thickness: 0 | 1 | 2): RecordedWafer {
  const sensor = thickness === 0 ? HIGH_DENSITY : LOW_DENSITY;
  return { layer: 3, u: 0, v: 0, x, y, thickness, sensor };
}

function read(of: RecordedWafer, energies: Float64Array, noise = SILENT) {
  const raw = new Float64Array(48).fill(NaN), charges = new Float64Array(48).fill(NaN);
  digitise(of, energies, noise, raw, charges);
  return { raw, charges };
}

for (const [thickness, x] of [[0, 60], [1, 100], [2, 130]] as const) {
  Deno.test(`digitise() counts 35.12 for a MIP at thickness ${thickness}, and sums cells`, () => {
    const of = wafer(x, 0, thickness), energies = new Float64Array(576);
    const mips = [2.5, 0.7, 20.03];
    const cells = [...of.sensor.cells].filter((cell) => of.sensor.triggerCellOf[cell] === 17);
    mips.forEach((mip, k) => energies[cells[k]] = mip * MIP);
    const counts = mips.reduce((sum, mip) => sum + Math.floor(mip * 35.1232), 0);
    const { raw, charges } = read(of, energies);
    const expected = roundTripCharge(counts, of.sensor.density);
    assertEquals(raw.map((_, cell) => cell === 17 ? expected : 0), raw);
    const radius = Math.hypot(x + of.sensor.positions[34], of.sensor.positions[35]);
    const cosh = Math.cosh(Math.asinh(TRIGGER_LAYER_Z[3] / radius));
    assertEquals(charges[17], Math.floor(expected * Math.floor(4096 / cosh) / 4096));
    assertEquals(charges.filter((charge) => charge > 0).length, 1);
  });
}

Deno.test("digitise() sets trigger cells outside of the layer's edges to zero", () => {
  const of = wafer(38, 0, 0), energies = new Float64Array(576).fill(50 * MIP);
  const { raw, charges } = read(of, energies);
  for (let cell = 0; cell < 48; cell++) {
    const radius = Math.hypot(
      of.x + of.sensor.positions[2 * cell],
      of.sensor.positions[2 * cell + 1],
    );
    assertEquals(raw[cell] > 0, radius > 31, `cell ${cell}`);
    assertEquals(charges[cell] > 0, radius > 31);
  }
  assert(raw.some((charge) => charge === 0) && raw.some((charge) => charge > 0));
  assertEquals(read(wafer(150, 40, 2), energies).raw.some((charge) => charge === 0), true);
});

Deno.test("digitise() of an empty wafer reads noise in about a cell in 741", () => {
  const noise = new SuppressedNoise(new RandomStream(1, "noise"));
  let read1 = 0;
  for (let k = 0; k < 1000; k++) {
    const { raw } = read(wafer(60, 0, 0), new Float64Array(576), noise);
    // The noise of thin sensors is 0.156 MIP: 16 counts at three sigma, which the code keeps.
    read1 += raw.filter((charge) => charge > 0).length;
  }
  assertAlmostEquals(read1, 1000 * 432 * 1.35e-3, 4.5 * Math.sqrt(583));
});
