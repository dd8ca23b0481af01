import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { lloydLevels } from "../../src/codecs/levels.ts";
import { fitPca, PCA_COEFFICIENTS, pcaCoefficient, pcaLevels } from "../../src/codecs/pca_model.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { CELLS, normalise } from "../../src/wafer/mod.ts";

const random = new RandomStream(2, "pca");
const fractions = normalise(
  Float64Array.from({ length: 300 * CELLS }, (_, i) => random.uniform() * (1 + i % CELLS)),
  "fraction",
);
const model = fitPca(fractions);
const coefficients = Array.from({ length: 300 }, (_, wafer) =>
  Float64Array.from(
    { length: PCA_COEFFICIENTS },
    (_, k) => pcaCoefficient(model, fractions.subarray(wafer * CELLS, (wafer + 1) * CELLS), k),
  ));

Deno.test("coefficients have mean zero, their variances, and no correlation", () => {
  for (let k = 0; k < PCA_COEFFICIENTS; k += 5) {
    const values = coefficients.map((row) => row[k]);
    assertAlmostEquals(values.reduce((a, b) => a + b) / 300, 0, 1e-14);
    const covariance = (l: number) =>
      coefficients.reduce((sum, row) => sum + row[k] * row[l], 0) / 300;
    assertAlmostEquals(covariance(k), model.variances[k], 1e-14);
    for (let l = 0; l < k; l++) assertAlmostEquals(covariance(l), 0, 1e-14);
    assert(k === 0 || model.variances[k] <= model.variances[k - 1]);
  }
});

Deno.test("47 coefficients are the whole wafer", () => {
  for (let wafer = 0; wafer < 300; wafer += 50) {
    for (let i = 0; i < CELLS; i++) {
      let fraction = model.mean[i];
      coefficients[wafer].forEach((c, k) => fraction += c * model.components[k * CELLS + i]);
      assertAlmostEquals(fraction, fractions[wafer * CELLS + i], 1e-12);
    }
  }
});

Deno.test("levels up to 5 bits are those of Lloyd's method, finer ones lie between", () => {
  assertEquals([...pcaLevels(model, 3, 0)], [0]);
  const values = coefficients.map((row) => row[3]);
  for (const bits of [1, 3, 5]) {
    const levels = lloydLevels(values, 2 ** bits);
    pcaLevels(model, 3, bits).forEach((level, l) => assertAlmostEquals(level, levels[l], 1e-15));
  }
  const coarse = pcaLevels(model, 3, 5), fine = pcaLevels(model, 3, 7);
  assertEquals(fine.length, 128);
  for (let l = 0; l < 128; l++) assert(l === 0 || fine[l] > fine[l - 1]);
  // Four fine levels for one: their mean is near it, and their steps are a quarter.
  assertAlmostEquals(fine[41] - fine[40], (coarse[10] - coarse[9]) / 4, 1e-15);
  assertAlmostEquals((fine[41] + fine[42]) / 2, coarse[10], (coarse[11] - coarse[9]) / 8);
});

Deno.test("one wafer has no components", () => {
  assertThrows(() => fitPca(fractions.subarray(0, CELLS)), RangeError, "current number is 1");
});
