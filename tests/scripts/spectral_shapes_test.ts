import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { spectralShapesExperiment } from "../../scripts/spectral_shapes.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";

const SIZES = [10, 20, 50, 100, 200, 400, 800];

Deno.test("spectral_shapes measures what is known of the spectral EMD", async () => {
  const { result } = await _run({}, { pairs: 100, events: 10 });
  const value = (name: string) => result.quantities.find((q) => q.name === name)!.values[0];
  assert(value("rank correlation of W2 with the exact EMD") > 0.9);
  const spectral = value("rank correlation of spectral EMD with the exact EMD");
  assert(spectral > -1 && spectral < 0.95);
  // A turned wafer is another wafer, and has the same pairs.
  assert(value("exact EMD of a wafer from itself turned, median") > 1);
  assert(value("spectral EMD of a wafer from itself turned, largest") < 1e-4);
  for (const shape of ["ring", "segment", "two prongs"]) {
    const name = `${shape} events: fitted best by their shape, of ring, segment, two prongs`;
    assert(value(name) >= 80, `${name}: ${value(name)}`);
    assert(value(`${shape} events: likeness to their shape, median`) > 0.9);
  }
  const parts = ["ring", "segment", "two prongs"].map((shape) =>
    value(`wafers fitted best by ${shape}, of ring, segment, two prongs`)
  );
  assertAlmostEquals(parts.reduce((sum, part) => sum + part, 0), 100, 1e-9);
  const figures = result.figures.map(({ name }) => name);
  assertEquals(figures, ["agreement", "known_shapes", "shapes_of_wafers"]);
});

Deno.test("spectral_shapes shows times that it is given", async () => {
  const times = (factor: number) => Object.fromEntries(SIZES.map((n) => [n, factor * n]));
  const milliseconds = { "spectral EMD": times(1), "exact EMD": times(3) };
  const { result } = await _run(milliseconds, { pairs: 10, events: 1 });
  const ratios = result.quantities.filter(({ name }) => name.startsWith("time of the exact EMD"));
  assertEquals(ratios.map(({ mean }) => mean), SIZES.map(() => 3));
  assertEquals(result.figures.at(-1)!.name, "speed");
});

async function _run(
  milliseconds: Record<string, Record<string, number>>,
  counts: { pairs: number; events: number },
) {
  return await runExperiment(spectralShapesExperiment(toyWafers("shower", 60, 1).charges), {
    config: { ...counts, order: "train", milliseconds },
    seeds: [1],
    dataChecksum: "toy",
    backend: "typescript",
    version: "0",
    store: memoryStore(),
  });
}
