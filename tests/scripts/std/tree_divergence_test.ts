import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { treeDivergence, TreeSelf } from "../../../scripts/std/tree_divergence.ts";
import { peakedHistogram } from "../../../scripts/std/output_spaces.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { sinkhornDivergence, Tree } from "../../../src/transport/mod.ts";

/** A random tree with mass at a random half of its nodes. */
function draw(seed: number): Tree {
  const random = new RandomStream(seed, "tree");
  const parents = Array.from({ length: 30 }, (_, k) => k === 0 ? -1 : random.integer(k));
  const bins = random.shuffle(Array.from(parents.keys())).slice(0, 15);
  return new Tree(parents, { weights: parents.map(() => 0.2 + random.uniform()), bins });
}

Deno.test("treeDivergence() is sinkhornDivergence() by the matrix, with its gradient", async () => {
  for (const [seed, epsilon] of [[1, 2], [2, 0.5], [3, 0.05]]) {
    const tree = draw(seed), size = tree.bins.length;
    const p = peakedHistogram(size, seed, "output"), target = new Float64Array(size);
    target[seed] = 1;
    const loss = treeDivergence(tree, { epsilon, tolerance: 1e-12 });
    const { value, gradient } = await loss.valueAndGradient(target, p);
    const expected = sinkhornDivergence(p, target, tree.distances(), { epsilon, tolerance: 1e-12 });
    assertAlmostEquals(value[0], expected.value, 1e-9);
    expected.gradients.a.forEach((slope, k) => assertAlmostEquals(gradient[k], slope, 1e-6));
  }
});

Deno.test("treeDivergence() takes rows with zeros, and its iterations are reported", async () => {
  const tree = draw(4), size = tree.bins.length;
  const output = new Float64Array(2 * size), target = new Float64Array(2 * size);
  output[0] = output[1] = 0.5;
  output[size + 3] = target[0] = target[size + 3] = 1;
  const loss = treeDivergence(tree, { epsilon: 0.5, tolerance: 1e-10 });
  const { value, gradient, diagnostics } = await loss.valueAndGradient(target, output);
  const distances = tree.distances();
  const first = sinkhornDivergence(output.subarray(0, size), target.subarray(0, size), distances, {
    epsilon: 0.5,
    tolerance: 1e-12,
  });
  assertAlmostEquals(value[0], first.value, 1e-9);
  first.gradients.a.forEach((slope, k) => assertAlmostEquals(gradient[k], slope, 1e-6));
  assertAlmostEquals(value[1], 0, 1e-12);
  assert(gradient.subarray(size).every((slope) => Math.abs(slope) < 1e-9));
  assert(diagnostics!.iterations.every((count) => count >= 1 && count < 100));
});

Deno.test("TreeSelf does not underflow where the kernel does", () => {
  const tree = new Tree(Array.from({ length: 400 }, (_, k) => k - 1));
  const self = new TreeSelf(tree, { epsilon: 0.1, tolerance: 1e-9 });
  const value = self.solve(Float64Array.from({ length: 400 }, () => 1 / 400), 0);
  assert(Number.isFinite(value) && self.iterations < 200, `${value}, ${self.iterations}`);
});

Deno.test("treeDivergence() refuses a target of several classes", () => {
  const loss = treeDivergence(draw(5), { epsilon: 1, tolerance: 1e-3 });
  const even = new Float64Array(15).fill(1 / 15);
  assertThrows(() => loss.valueAndGradient(even, even), RangeError, "the target of row 0");
});
