import { assert, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { isMetric } from "../../src/transport/metric.ts";
import { Tree } from "../../src/transport/tree.ts";

Deno.test("Tree has children before parents, wherever the root is", () => {
  for (const parents of [[-1], [-1, 0, 0, 1, 1, 2], [1, 4, 1, 2, -1], [1, 2, 3, -1]]) {
    const tree = new Tree(parents), seen = new Set<number>();
    for (const node of tree.order) {
      assert(!seen.has(parents[node]), "a parent came before its child");
      seen.add(node);
    }
    assertEquals([seen.size, tree.binsBelow[tree.order.at(-1)!]], [tree.nodes, tree.nodes]);
  }
});

Deno.test("Tree counts bins below, leaves alone if told so", () => {
  assertEquals([...new Tree([-1, 0, 0, 1, 1, 2]).binsBelow], [6, 3, 2, 1, 1, 1]);
  assertEquals([...new Tree([-1, 0, 0, 1, 1, 2], { bins: [3, 4, 5] }).binsBelow], [
    3,
    2,
    1,
    1,
    1,
    1,
  ]);
});

Deno.test("Tree.distances() are shortest ways, by Floyd and Warshall", () => {
  for (let trial = 0; trial < 10; trial++) {
    const random = new RandomStream(84, "trees", trial), nodes = 1 + random.integer(20);
    const parents = Array.from({ length: nodes }, (_, k) => k === 0 ? -1 : random.integer(k));
    const weights = Array.from({ length: nodes }, () => random.integer(8) / 4);
    const bins = random.shuffle(Array.from({ length: nodes }, (_, k) => k)).slice(nodes >> 1);
    const way = Array.from(
      { length: nodes },
      (_, i) =>
        Array.from(
          { length: nodes },
          (_, j) =>
            i === j ? 0 : parents[i] === j ? weights[i] : parents[j] === i ? weights[j] : Infinity,
        ),
    );
    for (let k = 0; k < nodes; k++) {
      for (let i = 0; i < nodes; i++) {
        for (let j = 0; j < nodes; j++) way[i][j] = Math.min(way[i][j], way[i][k] + way[k][j]);
      }
    }
    const distances = new Tree(parents, { weights, bins }).distances();
    assertEquals([...distances], bins.flatMap((i) => bins.map((j) => way[i][j])));
    assert(isMetric(distances, bins.length));
  }
});

Deno.test("Tree refuses what is no tree, naming the offender", () => {
  const refuse = (run: () => unknown, Kind: typeof RangeError | typeof TypeError, text: string) =>
    assertThrows(run, Kind, `Cannot make a tree: ${text}`);
  refuse(() => new Tree([]), RangeError, "it must have a node");
  refuse(
    () => new Tree([-1, 0, 5]),
    RangeError,
    "the parent of node 2 must be a node below 3, or -1 for the root, current value is 5",
  );
  refuse(() => new Tree([-1, 0.5]), RangeError, "the parent of node 1 must be a node below 2");
  refuse(
    () => new Tree([-1, 0, -1]),
    RangeError,
    "it is disconnected, nodes 0 and 2 both have no parent",
  );
  refuse(() => new Tree([1, 0]), RangeError, "it is cyclic, node 0 is among its own ancestors");
  refuse(() => new Tree([-1, 1]), RangeError, "it is cyclic, node 1 is among its own ancestors");
  // Nodes 1 and 2 hang below the cycle of 3 and 4; they are not on it.
  for (const cyclic of [[2, 3, 1, 4, 3], [-1, 2, 3, 4, 3]]) {
    const error = assertThrows(() => new Tree(cyclic), RangeError, "it is cyclic") as Error;
    assert(/node [34] is among its own ancestors/.test(error.message), error.message);
  }
  refuse(
    () => new Tree([-1, 0], { weights: [0, -2] }),
    RangeError,
    "the weight of the edge from node 1 to its parent 0 must be finite and >= 0, current value is -2",
  );
  refuse(() => new Tree([-1, 0], { weights: [1] }), TypeError, "weights must have length 2");
  refuse(() => new Tree([-1, 0], { bins: [2] }), RangeError, "bin 0 must be a node below 2");
  refuse(() => new Tree([-1, 0], { bins: [1, 1] }), RangeError, "bins 0 and 1 share node 1");
});
