import { assertEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { SpanningTree } from "../../../src/transport/network_simplex/spanning_tree.ts";

Deno.test("SpanningTree hangs a subtree elsewhere by another of its nodes", () => {
  // 0 is the root, with children 1 and 2; 3 hangs on 1.
  const tree = new SpanningTree(Int32Array.of(-1, 0, 0, 1), [0, 1, 2, 3]);
  // {1, 3} is cut from 0, and hung on 2 by node 3.
  tree.rehang(1, 3, 2, 0);
  assertEquals([...tree.parent], [-1, 3, 0, 2]);
  assertEquals([...tree.size], [4, 1, 3, 2]);
  assertEquals(_preorder(tree), [0, 2, 3, 1]);
});

Deno.test("SpanningTree stays consistent through any sequence of moves", () => {
  for (let trial = 0; trial < 20; trial++) {
    const random = new RandomStream(41, "spanning tree", trial);
    const count = 2 + random.integer(30);
    const parent = Int32Array.from(
      { length: count },
      (_, k) => k === 0 ? -1 : random.integer(k),
    );
    const tree = new SpanningTree(parent, Array.from(parent.keys()));
    _assertConsistent(tree);
    for (let move = 0; move < 100; move++) {
      const top = 1 + random.integer(count - 1);
      const inside = Array.from(parent.keys()).filter((k) => _path(tree, k).includes(top));
      const outside = Array.from(parent.keys()).filter((k) => !inside.includes(k));
      const inner = inside[random.integer(inside.length)];
      const target = outside[random.integer(outside.length)];
      const above = _path(tree, top).slice(1);
      const junction = _path(tree, target).find((k) => above.includes(k))!;
      const expected = _turnedAround(tree, top, inner, target);
      tree.rehang(top, inner, target, junction);
      assertEquals([...tree.parent], expected);
      _assertConsistent(tree);
    }
  }
});

/** What the parents become: the path from inner to top turned around, all else as it was. */
function _turnedAround(tree: SpanningTree, top: number, inner: number, target: number): number[] {
  const expected = [...tree.parent];
  let above = target;
  for (const node of _path(tree, inner)) {
    expected[node] = above;
    above = node;
    if (node === top) break;
  }
  return expected;
}

/** Sizes, preorder and last nodes are those that follow from the parents. */
function _assertConsistent(tree: SpanningTree): void {
  const nodes = Array.from(tree.parent.keys()), order = _preorder(tree);
  assertEquals([...order].sort((a, b) => a - b), nodes);
  for (const node of nodes) {
    const below = nodes.filter((k) => _path(tree, k).includes(node));
    const start = order.indexOf(node);
    assertEquals(tree.size[node], below.length);
    assertEquals(order.slice(start, start + below.length).sort((a, b) => a - b), below);
    assertEquals(order[start + below.length - 1], tree.last[node]);
  }
}

function _preorder(tree: SpanningTree): number[] {
  const order = [tree.root];
  for (let k = tree.next[tree.root]; k !== tree.root && order.length <= 1000; k = tree.next[k]) {
    order.push(k);
  }
  return order;
}

/** A node and all above it. */
function _path(tree: SpanningTree, node: number): number[] {
  const path: number[] = [];
  for (let k = node; k >= 0; k = tree.parent[k]) path.push(k);
  return path;
}
