import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { evaluateReconstruction } from "../../src/codecs/evaluate.ts";
import { pca, pcaBits, type PcaOptions } from "../../src/codecs/pca.ts";
import { fitPca } from "../../src/codecs/pca_model.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { CELLS, normalise } from "../../src/wafer/mod.ts";
import { EDGE_WAFERS } from "../_support/edge_wafers.ts";

const random = new RandomStream(4, "pca codec");
const wafers = Float64Array.from({ length: 200 * CELLS }, () => 50 + 10 * random.normal());
const model = fitPca(wafers);

Deno.test("bits are shared as an exhaustive search shares them", () => {
  const variances = [9, 5, 2, 0.3, 0.1], bits = 7;
  const error = (shared: readonly number[]) =>
    shared.reduce((sum, b, k) => sum + variances[k] / 4 ** b, 0);
  let least = Infinity;
  for (let code = 0; code < 8 ** 5; code++) {
    const shared = variances.map((_, k) => Math.floor(code / 8 ** k) % 8);
    if (shared.reduce((a, b) => a + b) === bits) least = Math.min(least, error(shared));
  }
  const shared = pcaBits(variances, bits);
  assertEquals(shared.reduce((a, b) => a + b), bits);
  assertAlmostEquals(error(shared), least, 1e-15);
  assertEquals(pcaBits([5, 0], 20), [16, 4]); // 16 is the most
});

Deno.test("the bits are those that were asked for", () => {
  for (const bits of [1, 48, 80, 112, 144, 752]) assertEquals(pca({ bits, model }).bits, bits);
  assertEquals(pca({ bits: "float", coefficients: 16, model }).bits, 512);
  assertEquals(pca({ bits: 48, model }).encode(wafers).length, 200 * 6);
});

Deno.test("all coefficients in float32 are the wafer", () => {
  const fractions = normalise(wafers, "fraction");
  const decoded = pca({ bits: "float", model }).reconstruct(wafers);
  decoded.forEach((x, i) => assertAlmostEquals(x, fractions[i], 1e-8));
});

Deno.test("more bits and more coefficients are nearer", () => {
  const mean = (options: PcaOptions) =>
    evaluateReconstruction(wafers, pca({ model, ...options }).reconstruct(wafers)).all.mean;
  const byBits = [1, 48, 144, 300, 752].map((bits) => mean({ bits }));
  assert(byBits.every((emd, k) => k === 0 || emd < byBits[k - 1]), `${byBits}`);
  const [few, many] = [4, 30].map((coefficients) => mean({ coefficients, bits: "float" }));
  assert(many < few);
  // 9 bits for each of 16 coefficients are nearly as good as floats.
  assertAlmostEquals(
    mean({ coefficients: 16, bits: 144 }) / mean({ coefficients: 16, bits: "float" }),
    1,
    0.02,
  );
});

Deno.test("any wafer and any code give charge fractions", () => {
  for (const bits of [48, 144, "float"] as const) {
    const codec = pca({ bits });
    for (const charges of Object.values(EDGE_WAFERS)) {
      const decoded = codec.reconstruct(charges);
      assert(decoded.every((x) => x >= 0));
      assertAlmostEquals(decoded.reduce((a, b) => a + b), 1, 1e-12);
    }
  }
});

Deno.test("options that cannot be are refused", () => {
  const cases: [PcaOptions, string][] = [
    [{ coefficients: 48 }, "coefficients must be an integer in [1, 47], current value is 48"],
    [{ bits: 0 }, "bits must be float or an integer in [1, 752], current value is 0"],
    [{ coefficients: 16, bits: 257 }, "an integer in [1, 256], current value is 257"],
  ];
  for (const [options, message] of cases) assertThrows(() => pca(options), RangeError, message);
});
