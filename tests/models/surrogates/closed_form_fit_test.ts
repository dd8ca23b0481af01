import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { fitClosedForm } from "../../../src/models/surrogates/closed_form_fit.ts";
import { ClosedFormNorm } from "../../../src/models/surrogates/closed_form_norm.ts";
import { closedFormPairs } from "../../../src/models/surrogates/closed_form_pairs.ts";
import { weightedTerms } from "../../../src/models/surrogates/closed_form_terms.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";

const kinds = await closedFormPairs(toyWafers("shower", 300, 1), { seed: 1, pairs: 1000 });

Deno.test("fitClosedForm() finds the weights that labels were made with", () => {
  const random = new RandomStream(1, "weights");
  const made = Float64Array.from(
    { length: 575 },
    () => random.uniform() < 0.05 ? random.uniform() : 0,
  );
  const norm = new ClosedFormNorm(weightedTerms(made));
  const labelled = kinds.map(({ pairs, weight }) => {
    const emd = new Float64Array(pairs.count);
    norm.evaluate(pairs.x, pairs.y, emd);
    return { pairs: { ...pairs, emd }, weight };
  });
  const { weights, relativeError } = fitClosedForm(labelled);
  assert(relativeError < 1e-6);
  made.forEach((weight, term) => assertAlmostEquals(weights[term], weight, 1e-4));
});

Deno.test("fitClosedForm() says the error that its form has, and no change of a weight lowers it", () => {
  const { weights, relativeError } = fitClosedForm(kinds);
  const errorOf = (weights: ArrayLike<number>) => {
    const norm = new ClosedFormNorm(weightedTerms(weights));
    let sum = 0, total = 0;
    for (const { pairs, weight } of kinds) {
      const values = new Float64Array(pairs.count);
      norm.evaluate(pairs.x, pairs.y, values);
      values.forEach((value, pair) =>
        sum += weight * (value / pairs.emd[pair] - 1) ** 2 / pairs.count
      );
      total += weight;
    }
    return Math.sqrt(sum / total);
  };
  assertAlmostEquals(errorOf(weights), relativeError, 1e-6);
  const random = new RandomStream(2, "changes");
  for (let trial = 0; trial < 20; trial++) {
    const changed = weights.slice(), term = random.integer(weights.length);
    changed[term] = Math.max(0, changed[term] + 0.01 * (random.uniform() < 0.5 ? 1 : -1));
    if (changed[term] !== weights[term]) assert(errorOf(changed) > relativeError);
  }
});

Deno.test("fitClosedForm() needs a pair", () => {
  assertThrows(
    () => fitClosedForm([]),
    RangeError,
    "Cannot fit a closed form: there must be a pair",
  );
});
