/**
 * The memory that one solver reuses for every pair: nothing is allocated while solving.
 *
 * The residual problem has n sources (cells with a surplus) and m sinks (cells with a deficit).
 * Its nodes are numbered 0 .. n-1 for the sources and n .. n+m-1 for the sinks, n + m <= 62.
 *
 * The basis is a spanning tree. A node knows its parent, the flow on the arc to its parent, and the
 * set of nodes below it (itself included) as two 31-bit masks: node k is bit k of `below0`, or bit
 * k - 31 of `below1`. "Is k below u" is then one AND, and moving a subtree is a few ORs; at this
 * size that beats the depth or thread lists of textbook network simplex codes.
 *
 * Arc costs are stored compactly, `cost[i * stride + (j - n)]`, with the rows padded to an even
 * length so that pricing may read two sinks at a time; the padding costs {@linkcode UNREACHABLE}.
 *
 * @module
 */

import { largestValue } from "../totals.ts";

/** Largest number of cells: two masks of 31 bits. */
export const MAX_CELLS = 62;

/** Cost of the padding arc behind an odd number of sinks: never priced in. */
export const UNREACHABLE = 1e200;

/** Buckets that the starting solution sorts arcs into, by reduced cost. */
export const BUCKETS = 256;

/** Bit of each node in the first and the second mask. */
export const BIT0: Int32Array = Int32Array.from({ length: 64 }, (_, k) => k < 31 ? 1 << k : 0);
export const BIT1: Int32Array = Int32Array.from(
  { length: 64 },
  (_, k) => k >= 31 && k < MAX_CELLS ? 1 << (k - 31) : 0,
);

/** All state of a solve. Plain arrays, written by the steps in turn. */
export class Workspace {
  /** Cells of the metric. */
  readonly size: number;
  /** Ground distances, row-major, size * size. */
  readonly distances: Float64Array;
  /** The largest of them. */
  readonly maxDistance: number;

  /** Sources, sinks, and the length of a row of `cost`. */
  n = 0;
  m = 0;
  stride = 0;
  /** Mass that has to move. */
  total = 0;
  /** The node without a parent. */
  root = 0;

  /** Cell of each node. */
  readonly cell: Uint8Array = new Uint8Array(64);
  /** Mass of each node that the start has still to place; -1 once the node is settled. */
  readonly mass: Float64Array = new Float64Array(64);
  /** Cost of each arc of the residual problem. */
  readonly cost: Float64Array;
  /** u_i of sources, -v_j of sinks: the reduced cost of (i, j) is cost + potential[j] - potential[i]. */
  readonly potential: Float64Array = new Float64Array(64);

  /** The tree: parent, flow on the arc to it, nodes below. */
  readonly parent: Int32Array = new Int32Array(64);
  readonly flow: Float64Array = new Float64Array(64);
  readonly below0: Int32Array = new Int32Array(64);
  readonly below1: Int32Array = new Int32Array(64);
  /** Nodes from the root outwards: a parent stands before its children. */
  readonly topDown: Uint8Array = new Uint8Array(64);

  /** The start's buckets: first arc of each, and the arc behind an arc (arc = i * 64 + j, -1 ends). */
  readonly firstArc: Int16Array = new Int16Array(BUCKETS + 1);
  readonly nextArc: Int16Array = new Int16Array(64 * 64);

  constructor(distances: Float64Array, size: number) {
    this.size = size;
    this.distances = distances;
    this.maxDistance = largestValue(distances);
    // With n + m <= 62 and rows of even length none needs more than n = m = 31.
    this.cost = new Float64Array(31 * 32);
  }
}
