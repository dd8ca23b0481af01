import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  concatenateWafers,
  nearPairs,
  type PairedWafers,
  pairedWafers,
  randomPairs,
  readWafers,
  selectWafers,
  splitWafers,
  toyWafers,
  turnWafers,
  waferTable,
} from "../../../src/datasets/mod.ts";
import { normalised } from "../../../src/losses/mod.ts";
import {
  econAutoencoderInference,
  econAutoencoderWeights,
  PUBLISHED_FORMATS,
} from "../../../src/models/inference/mod.ts";
import { closedForm, closedFormWeights } from "../../../src/models/surrogates/closed_form.ts";
import { ClosedFormNorm } from "../../../src/models/surrogates/closed_form_norm.ts";
import { relativeDifference } from "../../../src/models/surrogates/relative_difference.ts";
import { RandomStream, symmetricEigen } from "../../../src/numerics/mod.ts";
import { CELLS, normalise, waferEmdBatch } from "../../../src/wafer/mod.ts";
import { testLossProperties } from "../../losses/_properties.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";

testLossProperties("closed form", closedForm());

/** Fractions of toy wafers: showers, all cells, and hard cases. */
function _wafers(count: number, seed: number): Float64Array {
  const kinds = ["shower", "dense", "degenerate"] as const;
  const parts = kinds.map((kind) => toyWafers(kind, count / 3, seed).charges);
  return normalise(parts.flatMap((part) => [...part]), "fraction");
}

function _values(x: Float64Array, y: Float64Array): Float64Array {
  return closedForm().value(x, y);
}

Deno.test("the closed form obeys the triangle inequality, and is symmetric to the last bit", () => {
  const count = 300;
  const [x, y, z] = [1, 2, 3].map((seed) => _wafers(count, seed));
  const xy = _values(x, y), yz = _values(y, z), xz = _values(x, z), yx = _values(y, x);
  for (let pair = 0; pair < count; pair++) {
    assert(xz[pair] <= (xy[pair] + yz[pair]) * (1 + 1e-12));
    assert(xy[pair] === yx[pair]);
  }
});

Deno.test("the closed form is convex in y, and t times as large at (1 - t) x + t y", () => {
  const count = 300, random = new RandomStream(1, "convex");
  const [x, y, z] = [4, 5, 6].map((seed) => _wafers(count, seed));
  const xy = _values(x, y), xz = _values(x, z);
  for (const t of [1e-3, 0.1, random.uniform()]) {
    const mix = (a: Float64Array, b: Float64Array) => a.map((v, k) => (1 - t) * v + t * b[k]);
    const between = _values(x, mix(y, z)), near = _values(x, mix(x, y));
    for (let pair = 0; pair < count; pair++) {
      assert(between[pair] <= ((1 - t) * xy[pair] + t * xz[pair]) * (1 + 1e-12));
      assertAlmostEquals(near[pair], t * xy[pair], 1e-12);
    }
  }
});

Deno.test("the closed form's gradient leads to values: <g, y - x> = E(x, y), and |g| is bounded by it", () => {
  const count = 90, [x, y, z] = [7, 8, 9].map((seed) => _wafers(count, seed));
  const { value, gradient } = closedForm().valueAndGradient(x, y);
  const xz = _values(x, z);
  for (let row = 0; row < count; row++) {
    let alongY = 0, alongZ = 0;
    for (let k = row * CELLS; k < (row + 1) * CELLS; k++) {
      alongY += gradient[k] * (y[k] - x[k]);
      alongZ += gradient[k] * (z[k] - x[k]);
    }
    assertAlmostEquals(alongY, value[row], 1e-7 * value[row]);
    // A subgradient of a norm has dual norm one.
    assert(alongZ <= xz[row] * (1 + 1e-7));
  }
});

Deno.test("the closed form does not see turns by thirds", () => {
  const count = 60, x = _wafers(count, 10), y = _wafers(count, 11), value = _values(x, y);
  for (const turns of [1, 2]) {
    const all = new Uint8Array(count).fill(turns);
    const turned = _values(turnWafers(x, all), turnWafers(y, all));
    value.forEach((v, row) => assertAlmostEquals(turned[row], v, 1e-12));
  }
});

Deno.test("the closed form is zero at equality alone: its sums determine all differences", () => {
  const { terms } = closedForm();
  // The Gram matrix of the sums and flows as linear functions, by their gradients alone.
  const gram = new Float64Array(CELLS * CELLS);
  const x = new Float64Array(CELLS).fill(1 / CELLS);
  const add = (part: ClosedFormNorm) => {
    // Away from kinks the gradient of one term is a multiple of its linear function.
    const random = new RandomStream(1, "directions");
    for (let trial = 0; trial < 8; trial++) {
      const y = x.map(() => random.uniform()), value = new Float64Array(1);
      const gradient = new Float64Array(CELLS);
      part.evaluate(x, y, value, gradient);
      gradient.forEach((a, i) => gradient.forEach((b, j) => gram[i * CELLS + j] += a * b));
    }
  };
  for (const chain of terms.sums) add(new ClosedFormNorm({ sums: [chain], flows: [] }));
  for (const flow of terms.flows) add(new ClosedFormNorm({ sums: [], flows: [flow] }));
  const { values } = symmetricEigen(gram, CELLS);
  // One direction is left: all cells alike, which no difference of fractions has.
  assert(values[CELLS - 2] > 1e-6 * values[0], `${values[CELLS - 2]}`);
});

Deno.test("the closed form: one cell against one cell, and wafers that are none", async () => {
  const surrogate = closedForm();
  const one = new Float64Array(CELLS).with(3, 1), other = new Float64Array(CELLS).with(40, 1);
  const exact = waferEmdBatch(one, other).values[0];
  assertAlmostEquals(surrogate.value(one, other)[0] / exact, 1, 0.15);
  assertEquals([...surrogate.value(one, one)], [0]);
  assertThrows(
    () => surrogate.value(one, new Float64Array(CELLS)),
    RangeError,
    "Cannot compute closed_form of row 0: the output must sum to 1, current sum is 0",
  );
  assertThrows(() => surrogate.value(one, other.map((v) => 2 * v)), RangeError, "must sum to 1");
  assertThrows(() => surrogate.value(one, new Float64Array(96)), TypeError, "closed_form");
  // Any scale, and empty wafers, by lifting it.
  const lifted = normalised(surrogate, { emptyValue: -1 });
  const x = Float64Array.from([...one, ...one]), y = Float64Array.from([...other, ...one]);
  y.fill(0, CELLS);
  const { value } = await lifted.valueAndGradient(x.map((v) => 70 * v), y.map((v) => 35 * v));
  assertEquals([...value], [surrogate.value(one, other)[0], -1]);
});

Deno.test("the closed form that is shipped follows exact EMDs of toy showers", () => {
  const wafers = toyWafers("shower", 200, 1);
  const random = pairedWafers(wafers, randomPairs(200, 500, new RandomStream(1, "pairs")));
  const { sigma, bias } = _differences(random);
  assert(Math.abs(bias) < 0.05 && sigma < 0.06, `bias ${bias}, sigma ${sigma}`);
  const near = nearPairs(wafers, 500, new RandomStream(1, "near"), { kinds: ["smeared"] });
  assert(Math.abs(_differences(near).bias) < 0.3);
});

testNeeding(
  [referenceData("wafers/dense.csv"), referenceData("peer_networks/autoencoder_float.json")],
  "the closed form, fitted on simulated wafers, holds on real ones: 4.5 % random, 5 % reconstructions",
  async () => {
    const path = new URL("wafers/dense.csv", REFERENCE_DATA).pathname;
    const all = waferTable(concatenateWafers(await Array.fromAsync(readWafers(path))).charges);
    const { validation } = splitWafers(all, { stream: new RandomStream(1, "split of wafers") });
    const wafers = selectWafers(all, validation);
    const pairs = randomPairs(wafers.count, 10_000, new RandomStream(1, "pairs"));
    const random = _differences(pairedWafers(wafers, pairs));
    assert(random.sigma <= 0.045, `random: sigma ${random.sigma}`);
    assert(Math.abs(random.bias) <= 0.03, `random: bias ${random.bias}`);
    for (const [network, formats] of [["float", undefined], ["5bit", PUBLISHED_FORMATS]] as const) {
      const weights = econAutoencoderWeights(
        readReferenceWeights(`autoencoder_${network}`),
        formats,
      );
      const y = Float64Array.from(econAutoencoderInference(weights).reconstruct(wafers.charges));
      const { sigma, bias } = _differences({ x: wafers.charges, y, count: wafers.count });
      assert(sigma <= 0.05, `${network}: sigma ${sigma}`);
      assert(Math.abs(bias) <= 0.04, `${network}: bias ${bias}`);
    }
  },
);

Deno.test("closedFormWeights() says when there are none", () => {
  assertThrows(
    () => closedFormWeights(new Map()),
    TypeError,
    "Cannot make a closed form: there is no term_weights",
  );
});

function _differences({ x, y }: PairedWafers) {
  const estimate = _values(normalise(x, "fraction"), normalise(y, "fraction"));
  return relativeDifference(estimate, waferEmdBatch(x, y).values);
}
