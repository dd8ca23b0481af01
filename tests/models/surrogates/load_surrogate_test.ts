import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { loadSurrogate, shippedSurrogate } from "../../../src/models/surrogates/load_surrogate.ts";
import { relativeDifference } from "../../../src/models/surrogates/relative_difference.ts";
import type { SurrogateKind } from "../../../src/models/surrogates/types.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { waferEmdBatch } from "../../../src/wafer/emd_batch.ts";
import { waferDistances } from "../../../src/wafer/distances.ts";
import { showerPairs } from "./_fractions.ts";

Deno.test("loadSurrogate() of the shipped scale-free network estimates EMDs of other wafers", async () => {
  await useBackend({ backend: "wasm" });
  const surrogate = await loadSurrogate("scale_free");
  const { x, y } = showerPairs(400);
  const { values, gradients } = waferEmdBatch(x, y, { gradients: true });
  const found = await surrogate.valueAndGradient(x, y);
  assertEquals(await surrogate.value(x, y), found.value);
  // Toy showers are not what it was trained on; blurred copies of them even less.
  const { bias, sigma } = relativeDifference(found.value, values);
  assert(Math.abs(bias) < 0.02 && sigma < 0.05, `bias ${bias}, sigma ${sigma}`);
  // Of blurred copies, every other pair, the potential is not the only one.
  const random = [...values.keys()].filter((pair) => pair % 2 === 1);
  const cosines = random.map((pair) => _cosine(pair, x, y, found.gradient, gradients!));
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  assert(mean > 0.95, `cosine ${mean}`);
  surrogate.dispose();
});

/** Cosine of two gradients of a pair, centred, over the cells that both wafers do not share. */
function _cosine(
  pair: number,
  x: Float64Array,
  y: Float64Array,
  one: Float64Array,
  other: Float64Array,
): number {
  const active = [...Array(48).keys()].map((cell) => 48 * pair + cell).filter((k) => x[k] !== y[k]);
  const centred = (gradient: Float64Array) => {
    const mean = active.reduce((sum, k) => sum + gradient[k], 0) / active.length;
    return active.map((k) => gradient[k] - mean);
  };
  const [u, v] = [centred(one), centred(other)];
  const product = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);
  return product(u, v) / Math.sqrt(product(u, u) * product(v, v));
}

Deno.test("shippedSurrogate() says where its weights come from", async () => {
  const { kind, provenance, weights } = await shippedSurrogate("scale_free");
  assertEquals([kind, weights.size], ["scale_free", 7]);
  for (const fact of ["seed", "data", "steps", "backend", "version"]) {
    assert(fact in provenance, fact);
  }
});

Deno.test("loadSurrogate() refuses kinds that there are not", async () => {
  await assertRejects(
    () => loadSurrogate("perceptron" as SurrogateKind),
    RangeError,
    "current value is perceptron",
  );
});

Deno.test("the shipped scale-free network knows the distances of single cells to a tenth", async () => {
  await useBackend({ backend: "wasm" });
  const surrogate = await loadSurrogate("scale_free");
  const distances = waferDistances();
  const x = new Float64Array(48 ** 3), y = new Float64Array(48 ** 3);
  for (let pair = 0; pair < 48 ** 2; pair++) {
    x[48 * pair + Math.floor(pair / 48)] = 1;
    y[48 * pair + pair % 48] = 1;
  }
  const values = await surrogate.value(x, y);
  // Such pairs are not among those it was trained on. Of equal cells both are exactly 0.
  values.forEach((value, k) => assertAlmostEquals(value, distances[k], 0.1 * distances[k]));
  surrogate.dispose();
});
