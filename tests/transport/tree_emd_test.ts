import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { chainEmd } from "../../src/transport/chain_emd.ts";
import { emd2 } from "../../src/transport/emd.ts";
import { Tree } from "../../src/transport/tree.ts";
import { treeEmd, TreeFlow } from "../../src/transport/tree_emd.ts";
import { drawPair, PAIR_KINDS } from "../_support/histograms.ts";

const WORKED = new Tree([-1, 0, 0, 1, 1, 2]);
const P = [0.1, 0.1, 0.1, 0.3, 0.2, 0.2], Q = [0.2, 0.05, 0.05, 0.1, 0.3, 0.3];

Deno.test("treeEmd() gives worked values and gradients", () => {
  const worked: [number, number, number[]][] = [
    [1, 0.6, [0, 1, -1, 2, 0, -2]],
    [2, 0.085, [-0.11666667, 0.18333333, -0.21666667, 0.58333333, -0.01666667, -0.41666667]],
  ];
  for (const [rho, expected, slopes] of worked) {
    const { value, gradient } = treeEmd(P, Q, WORKED, { rho });
    assertAlmostEquals(value, expected, 1e-8);
    slopes.forEach((slope, k) => assertAlmostEquals(gradient[k], slope, 1e-8));
  }
});

Deno.test("treeEmd() on a path is chainEmd(), from whichever node it hangs", () => {
  for (const rho of [1, 1.5, 2]) {
    for (let root = 0; root < 7; root++) {
      const { x, y } = drawPair("dense", 7, new RandomStream(85, "path", root));
      const lengths = [1, 0.5, 2, 1, 3, 0.25];
      const parents = [0, 1, 2, 3, 4, 5, 6].map((k) => k < root ? k + 1 : k === root ? -1 : k - 1);
      const weights = parents.map((parent, k) => parent < 0 ? 0 : lengths[Math.min(k, parent)]);
      const onTree = treeEmd(x, y, new Tree(parents, { weights }), { rho });
      const onChain = chainEmd(x, y, { rho, lengths });
      assertAlmostEquals(onTree.value, onChain.value, 1e-14);
      onChain.gradient.forEach((g, k) => assertAlmostEquals(onTree.gradient[k], g, 1e-14));
    }
  }
});

Deno.test("treeEmd() for rho = 1 is emd2() with the metric of the tree", () => {
  for (const kind of Object.keys(PAIR_KINDS)) {
    for (let trial = 0; trial < 4; trial++) {
      const random = new RandomStream(86, kind, trial),
        tree = _draw(2 + random.integer(40), random);
      const { x, y } = drawPair(kind, tree.bins.length, random);
      assertAlmostEquals(treeEmd(x, y, tree).value, emd2(x, y, tree.distances()), 1e-12, kind);
    }
  }
});

Deno.test("treeEmd() has the gradient that finite differences see, of sum zero", () => {
  for (const rho of [1, 1.3, 2, 3]) {
    const random = new RandomStream(87, "gradient"), tree = _draw(40, random);
    const { x, y } = drawPair("dense", tree.bins.length, random);
    const at = (p: Float64Array) => treeEmd(p, y, tree, { rho }).value;
    const { gradient } = treeEmd(x, y, tree, { rho });
    assertAlmostEquals(gradient.reduce((sum, g) => sum + g, 0), 0, 1e-12);
    for (let k = 1; k < x.length; k++) {
      const step = 1e-6, move = (by: number) => x.with(0, x[0] - by).with(k, x[k] + by);
      const slope = (at(move(step)) - at(move(-step))) / (2 * step);
      assertAlmostEquals(gradient[k] - gradient[0], slope, 1e-7);
    }
  }
});

Deno.test("treeEmd() climbs trees a thousand deep, in single precision too", () => {
  // Ten branches of a thousand nodes each, as a comb would have.
  const depth = 1000, branches = 10, size = depth * branches + 1;
  const parents = Array.from(
    { length: size },
    (_, k) => k === 0 ? -1 : (k - 1) % depth === 0 ? 0 : k - 1,
  );
  const tree = new Tree(parents), { x, y } = drawPair("dense", size, new RandomStream(88, "deep"));
  const [p, q] = [x, y].map((masses) => Float32Array.from(masses));
  for (const rho of [1, 2]) {
    const double = treeEmd(x, y, tree, { rho }), single = treeEmd(p, q, tree, { rho });
    assert(Math.abs(single.value / double.value - 1) < 1e-5, `${single.value} ${double.value}`);
    const largest = double.gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
    const sum = single.gradient.reduce((total, g) => total + g, 0);
    assertAlmostEquals(sum / (size * largest), 0, 1e-12);
  }
  // All mass goes from the tip of one branch to the tip of another.
  const tips = (branch: number) =>
    new Float64Array(size).fill(1, (branch + 1) * depth, (branch + 1) * depth + 1);
  assertEquals(treeEmd(tips(0), tips(9), tree).value, 2 * depth);
});

Deno.test("TreeFlow solves rows inside batches, and repeats itself", () => {
  const flow = new TreeFlow(WORKED, { rho: 2 });
  const p = [NaN, ...P, NaN], q = [NaN, NaN, ...Q], gradient = new Float64Array(10).fill(7);
  const expected = treeEmd(P, Q, WORKED, { rho: 2 });
  for (let time = 0; time < 2; time++) {
    assertEquals(flow.solve(p, 1, q, 2, gradient, 3), expected.value);
    assertEquals([...gradient], [7, 7, 7, ...expected.gradient, 7]);
  }
  assertEquals(flow.solve(p, 1, q, 2), expected.value);
});

Deno.test("treeEmd() refuses bad input, naming the offender", () => {
  const refuse = (run: () => unknown, Kind: typeof RangeError | typeof TypeError, text: string) =>
    assertThrows(run, Kind, `Cannot compute tree EMD: ${text}`);
  refuse(() => treeEmd([1], Q, WORKED), TypeError, "p must have length 6, current length is 1");
  refuse(() => treeEmd(P, [1], WORKED), TypeError, "q must have length 6, current length is 1");
  refuse(() => treeEmd(P.with(2, -1), Q, WORKED), RangeError, "p[2] must be finite and >= 0");
  refuse(() => treeEmd(P.with(2, 1), Q, WORKED), RangeError, "the totals of p and q must be equal");
  refuse(() => treeEmd(P, Q, WORKED, { rho: 0 }), RangeError, "rho must be finite and >= 1");
});

/** A random tree whose bins are a random half of the nodes. */
function _draw(nodes: number, random: RandomStream): Tree {
  const parents = Array.from({ length: nodes }, (_, k) => k === 0 ? -1 : random.integer(k));
  const weights = Array.from({ length: nodes }, () => 0.1 + random.uniform());
  const bins = random.shuffle(Array.from({ length: nodes }, (_, k) => k)).slice(nodes >> 1);
  return new Tree(parents, { weights, bins });
}
