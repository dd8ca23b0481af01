/**
 * Seeded transport problems, easy and difficult, rectangular ones among them.
 *
 * @module
 */
import type { RandomStream } from "../../src/numerics/random.ts";
import type { TransportProblem } from "../../src/transport/types.ts";

/** Each kind of costs fills an n x m matrix. */
export const COST_KINDS: Record<
  string,
  (n: number, m: number, random: RandomStream) => Float64Array
> = {
  uniform: (n, m, random) => _matrix(n, m, () => random.uniform()),
  "small integers": (n, m, random) => _matrix(n, m, () => random.integer(4)),
  zero: (n, m) => _matrix(n, m, () => 0),
  "squared distances on a line": (n, m) => _matrix(n, m, (i, j) => (i - j) ** 2),
  "distances in the plane"(n, m, random) {
    const from = _points(n, random), to = _points(m, random);
    return _matrix(n, m, (i, j) => Math.hypot(from[i][0] - to[j][0], from[i][1] - to[j][1]));
  },
  "with forbidden arcs": (n, m, random) =>
    _matrix(n, m, () => random.uniform() < 0.5 ? random.uniform() : 1e3),
  "one cost a row": (n, m, random) => {
    const rows = Array.from({ length: n }, () => random.uniform());
    return _matrix(n, m, (i) => rows[i]);
  },
};

/** Each kind of masses draws one; a histogram is filled up to the agreed total afterwards. */
export const MASS_KINDS: Record<string, (random: RandomStream) => number> = {
  dense: (random) => random.exponential(),
  sparse: (random) => random.uniform() < 0.4 ? random.exponential() : 0,
  integers: (random) => random.integer(4),
  "equal masses": () => 1,
};

/** A problem whose totals are equal up to rounding; integers stay integers. */
export function drawProblem(
  costKind: string,
  massKind: string,
  n: number,
  m: number,
  random: RandomStream,
): TransportProblem {
  const draw = (count: number) =>
    Float64Array.from({ length: count }, () => MASS_KINDS[massKind](random));
  const a = draw(n), b = draw(m);
  if (_sum(a) === 0) a[random.integer(n)] = 1;
  if (_sum(b) === 0) b[random.integer(m)] = 1;
  // Each side times the total of the other.
  const totalA = _sum(a), totalB = _sum(b);
  return {
    a: a.map((mass) => mass * totalB),
    b: b.map((mass) => mass * totalA),
    cost: COST_KINDS[costKind](n, m, random),
  };
}

/** Every kind of costs with every kind of masses. */
export function allKinds(): [costKind: string, massKind: string][] {
  return Object.keys(COST_KINDS).flatMap((costs) =>
    Object.keys(MASS_KINDS).map((masses): [string, string] => [costs, masses])
  );
}

function _points(count: number, random: RandomStream): number[][] {
  return Array.from({ length: count }, () => [random.uniform(), random.uniform()]);
}

function _matrix(n: number, m: number, at: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: n * m }, (_, k) => at(Math.floor(k / m), k % m));
}

function _sum(masses: Float64Array): number {
  return masses.reduce((sum, mass) => sum + mass, 0);
}
