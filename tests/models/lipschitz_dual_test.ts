import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { lipschitzDual } from "../../src/models/lipschitz_dual.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { useBackend } from "../../src/tensor/mod.ts";

await useBackend({ backend: "wasm" });

/** Small and quick, for tests. */
const SMALL = { units: 8, groupSize: 2, learningRate: 0.05 };

const random = new RandomStream(1, "clouds");
const cloud = (count: number, at: number) => ({
  energies: new Float64Array(count).fill(6 / count),
  positions: Array.from({ length: count }, () => [at + random.normal(), random.normal()]),
});
const A = cloud(6, 0), B = cloud(4, 2);

Deno.test("lipschitzDual() is near the exact EMD, from below, and says how near", async () => {
  const { value, exact, gap } = await lipschitzDual(A, B, { ...SMALL, units: 16, steps: 150 });
  assert(value < exact! * (1 + 1e-5), `${value} is no lower bound of ${exact}`);
  assertAlmostEquals(gap!, 1 - value / exact!, 1e-12);
  assert(gap! < 0.1, `gap ${gap}`);
});

Deno.test("lipschitzDual() has the gradients of the EMD", async () => {
  // One point to one: EMD = E |x - y|.
  const { value, exact, gap, gradients: { a, b } } = await lipschitzDual(
    { energies: [3], positions: [[1, 2]] },
    { energies: [3], positions: [[4, 6]] },
    { ...SMALL, steps: 100 },
  );
  assertEquals(exact, 15);
  assertAlmostEquals(value, 15, 0.05);
  assert(gap! < 0.003);
  const close = (actual: ArrayLike<number>, expected: number[]) =>
    expected.forEach((slope, axis) => assertAlmostEquals(actual[axis], slope, 0.1));
  close(a.positions, [-1.8, -2.4]);
  close(b.positions, [1.8, 2.4]);
  // More energy at both ends: 5 further for each unit.
  assertAlmostEquals(a.energies[0] + b.energies[0], 5, 0.02);
});

Deno.test("lipschitzDual() computes the exact EMD only if asked to", async () => {
  const { value, exact, gap } = await lipschitzDual(A, B, { steps: 2, exact: false });
  assert(Number.isFinite(value));
  assertEquals([exact, gap], [undefined, undefined]);
});

Deno.test("lipschitzDual() names clouds that do not fit together", async () => {
  const far = { energies: [1], positions: [[0, 0, 0]] };
  await assertRejects(
    () => lipschitzDual(A, far),
    TypeError,
    "Cannot fit a Lipschitz dual: points of A and B must have the same dimension",
  );
  await assertRejects(
    () => lipschitzDual(A, { ...B, energies: [1, 1, 1, 1] }),
    RangeError,
    "the total energies of A and B must be equal",
  );
});
