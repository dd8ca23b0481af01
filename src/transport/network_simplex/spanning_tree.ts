/**
 * The rooted spanning tree on which a network simplex works.
 *
 * @module
 */

/**
 * A rooted spanning tree that can be cut and hung elsewhere in time proportional to the paths
 * involved, whatever the size of the subtree.
 *
 * The nodes are also kept in preorder, as a circular doubly linked list. A subtree is then one run
 * of that list, so that all its nodes are reached by following one pointer. (Lists of children in
 * place of the preorder are shorter to write; whole solves took 1.2 times as long with them, for the
 * potentials of a few hundred nodes change in each pivot.)
 */
export class SpanningTree {
  /** The node without a parent; it stays the same. */
  readonly root: number;
  /** Parent of each node; -1 for the root. */
  readonly parent: Int32Array;
  /** Number of nodes in the subtree of each node, the node itself included. */
  readonly size: Int32Array;
  /** The node after each node in preorder; the root comes after the last one. */
  readonly next: Int32Array;
  /** The last node, in preorder, of the subtree of each node. */
  readonly last: Int32Array;
  /** The node before each node in preorder. */
  readonly #previous: Int32Array;

  /**
   * @param parent Parent of each node, -1 for the root. The tree keeps this array and changes it.
   * @param topDown All nodes, parents before children.
   */
  constructor(parent: Int32Array, topDown: ArrayLike<number>) {
    const count = parent.length;
    this.root = topDown[0];
    this.parent = parent;
    this.size = new Int32Array(count).fill(1);
    this.next = new Int32Array(count);
    this.last = new Int32Array(count);
    this.#previous = new Int32Array(count);
    for (let q = 0; q < count; q++) this.next[q] = this.#previous[q] = this.last[q] = q;
    // Bottom up, so that each subtree is complete when it is put behind its parent.
    for (let q = count - 1; q > 0; q--) {
      const node = topDown[q];
      this.size[parent[node]] += this.size[node];
      this.#putBehind(node, this.last[node], parent[node]);
      if (this.last[parent[node]] === parent[node]) this.last[parent[node]] = this.last[node];
    }
  }

  /**
   * Cuts a subtree off, makes another of its nodes its root, and hangs it elsewhere.
   *
   * @param top Root of the subtree that is cut off.
   * @param inner The node of that subtree by which it hangs afterwards.
   * @param target The node outside of it that becomes the parent of `inner`.
   * @param junction The lowest common ancestor of `top` and `target`; it may be `target` itself.
   */
  rehang(top: number, inner: number, target: number, junction: number): void {
    this.#cut(top, junction);
    this.#reroot(top, inner);
    this.#attach(inner, target, junction);
  }

  #cut(top: number, junction: number): void {
    const { parent, size, next, last } = this;
    const previous = this.#previous;
    const count = size[top], end = last[top], before = previous[top], after = next[end];
    next[before] = after;
    previous[after] = before;
    for (let node = parent[top]; node !== junction; node = parent[node]) size[node] -= count;
    for (let node = parent[top]; node >= 0 && last[node] === end; node = parent[node]) {
      last[node] = before;
    }
  }

  /**
   * Turns the path from `inner` up to `top` around. The new preorder is the run of `inner`, followed,
   * for each node up the path, by what its run holds beyond the run of the node below.
   */
  #reroot(top: number, inner: number): void {
    const { parent, size, next, last } = this;
    const previous = this.#previous;
    const count = size[top];
    let node = inner, nodeSize = size[inner], mother = parent[inner];
    let end = last[inner], before = previous[inner], after = next[end];
    let tail = end;
    size[inner] = count;
    while (node !== top) {
      const motherSize = size[mother], grandmother = parent[mother];
      const motherEnd = last[mother], motherBefore = previous[mother];
      const motherAfter = motherEnd === end ? after : next[motherEnd];
      let restEnd = motherEnd;
      if (motherEnd === end) {
        restEnd = before;
      } else {
        next[before] = after;
        previous[after] = before;
      }
      next[tail] = mother;
      previous[mother] = tail;
      tail = restEnd;
      parent[mother] = node;
      size[mother] = count - nodeSize;
      node = mother, nodeSize = motherSize, mother = grandmother;
      end = motherEnd, before = motherBefore, after = motherAfter;
    }
    for (node = top; node !== inner; node = parent[node]) last[node] = tail;
    last[inner] = tail;
  }

  #attach(inner: number, target: number, junction: number): void {
    const { parent, size, last } = this;
    const count = size[inner], end = last[inner];
    parent[inner] = target;
    this.#putBehind(inner, end, target);
    for (let node = target; node !== junction; node = parent[node]) size[node] += count;
    for (let node = target; node >= 0 && last[node] === target; node = parent[node]) {
      last[node] = end;
    }
  }

  /** Puts the run from `start` to `end` right behind a node in preorder. */
  #putBehind(start: number, end: number, node: number): void {
    const after = this.next[node];
    this.next[node] = start;
    this.#previous[start] = node;
    this.next[end] = after;
    this.#previous[after] = end;
  }
}
