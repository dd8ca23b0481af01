import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { reconstructWafers, toyWafers } from "../../../src/datasets/mod.ts";
import { closedForm } from "../../../src/models/surrogates/closed_form.ts";
import { descentTest } from "../../../src/models/surrogates/descent.ts";
import { type Estimator, exactEstimator } from "../../../src/models/surrogates/evaluation_exact.ts";
import { evaluationPairs } from "../../../src/models/surrogates/evaluation_pairs.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { CELLS, waferEmdBatch } from "../../../src/wafer/mod.ts";

const [random, , reconstruction] = evaluationPairs(toyWafers("shower", 60, 1), {
  seed: 1,
  pairs: 20,
  reconstruct: new Map([[
    "toy",
    (charges) => reconstructWafers(charges, new RandomStream(1, "toy")),
  ]]),
});

Deno.test("descentTest() begins at y, and follows the exact EMD to x, as the closed form does", async () => {
  const { x, y } = reconstruction;
  for (const surrogate of [exactEstimator(), closedForm()]) {
    const { steps, exact, estimate } = await descentTest(surrogate, { x, y });
    assertEquals(steps, [0, 20, 60, 150]);
    const values = waferEmdBatch(x, y).values;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    assertAlmostEquals(exact[0], mean, 1e-4);
    assert(exact[1] < exact[0] && exact[3] < 0.1 * exact[0], `${exact}`);
    assertAlmostEquals(estimate[3], exact[3], 0.2 * exact[3]);
  }
});

Deno.test("descentTest() shows a surrogate that draws to a wrong place", async () => {
  const { x, y } = random, exactly = exactEstimator();
  // It holds the wafer turned by a third for the target.
  const turned = x.map((_, k) => x[k - k % CELLS + (k % CELLS + 16) % CELLS]);
  const wrong: Pick<Estimator, "value" | "valueAndGradient"> = {
    value: (_, output) => exactly.value(turned, output),
    valueAndGradient: (_, output) => exactly.valueAndGradient(turned, output),
  };
  const { exact, estimate } = await descentTest(wrong, { x, y }, { steps: [0, 150], rate: 0.1 });
  assert(estimate[1] < 0.2 * exact[1], "it believes in its success");
});

Deno.test("descentTest() takes Adam's first step: every logit moves by the rate", async () => {
  const x = new Float64Array(CELLS).with(0, 1), y = new Float64Array(CELLS).fill(1 / CELLS);
  const { exact } = await descentTest(exactEstimator(), { x, y }, { steps: [1], rate: 0.05 });
  // Slopes in logits: y_k (D_0k - mean distance); so nearer cells gain, farther ones lose.
  const alone = (cell: number) => waferEmdBatch(x, new Float64Array(CELLS).with(cell, 1)).values[0];
  const distances = Array.from({ length: CELLS }, (_, cell) => alone(cell));
  const mean = distances.reduce((a, b) => a + b) / CELLS;
  const weights = distances.map((distance) => Math.exp(distance < mean ? 0.05 : -0.05));
  const sum = weights.reduce((a, b) => a + b);
  const expected = weights.reduce(
    (total, weight, cell) => total + weight / sum * distances[cell],
    0,
  );
  assertAlmostEquals(exact[0], expected, 1e-6);
});

Deno.test("descentTest() refuses steps that do not ascend", async () => {
  for (const steps of [[5, 5], [-1], [0.5], [3, 2]]) {
    await assertRejects(
      () => descentTest(exactEstimator(), random, { steps }),
      RangeError,
      `steps must be ascending integers >= 0, current value is ${steps}`,
    );
  }
});
