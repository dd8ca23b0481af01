import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { ScaledKernel } from "../../src/transport/scaled_kernel.ts";

Deno.test("ScaledKernel leaves empty bins out and takes fractions", () => {
  const kernel = new ScaledKernel(Float64Array.of(0, 1, 2, 3, 4, 5), 2, 3);
  kernel.load([9, 1, 3], 1, [2, 0, 6], 0);
  assertEquals([kernel.rows, kernel.columns], [2, 2]);
  assertEquals([...kernel.a], [0.25, 0.75]);
  assertEquals([...kernel.b.subarray(0, 2), ...kernel.columnBins.subarray(0, 2)], [
    0.25,
    0.75,
    0,
    2,
  ]);
});

Deno.test("ScaledKernel makes the rows right and sees what the columns lack", () => {
  const { kernel } = _draw(0.3);
  const error = kernel.look(), plan = _plan(kernel);
  plan.forEach((row, i) => assertAlmostEquals(_sum(row), kernel.a[i], 1e-15));
  const missing = Array.from(kernel.b, (b, j) => Math.abs(_sum(plan.map((row) => row[j])) - b));
  assertAlmostEquals(error, _sum(missing), 1e-15);
});

Deno.test("ScaledKernel.absorb() changes the plan only by what a half step does", () => {
  const { kernel } = _draw(0.3);
  for (let step = 0; step < 5; step++) {
    kernel.look();
    kernel.scaleColumns();
  }
  kernel.look();
  const twin = _draw(0.3).kernel;
  for (let step = 0; step < 6; step++) {
    twin.look();
    twin.scaleColumns();
  }
  twin.look();
  // Absorbing makes the columns right and then the rows, in the log domain.
  kernel.absorb();
  assert(kernel.u.every((u) => u === 1) && kernel.v.every((v) => v === 1));
  const expected = _plan(twin).flat();
  _plan(kernel).flat().forEach((mass, k) => assertAlmostEquals(mass, expected[k], 1e-14));
  assertAlmostEquals(kernel.look(), twin.look(), 1e-14);
  assertAlmostEquals(kernel.dualValue(), twin.dualValue(), 1e-14);
});

Deno.test("ScaledKernel.multiply() is P^T diag(1 / a) P without its outer factors", () => {
  const { kernel } = _draw(0.3);
  kernel.look();
  const { a, u, K } = kernel, x = [1, -2, 3, 0.5, 4], image = new Float64Array(5);
  kernel.multiply(Float64Array.from(x), image);
  image.forEach((value, j) => {
    let expected = 0;
    for (let i = 0; i < 3; i++) {
      for (let l = 0; l < 5; l++) expected += K[i * 5 + j] * a[i] * u[i] ** 2 * K[i * 5 + l] * x[l];
    }
    assertAlmostEquals(value, expected, 1e-13);
  });
});

Deno.test("ScaledKernel notices scalings that drift, and nothing underflows", () => {
  const { kernel } = _draw(1e-4);
  let hasDrifted = false;
  for (let step = 0; step < 200; step++) {
    kernel.look();
    kernel.scaleColumns();
    hasDrifted ||= kernel.hasDrifted;
    if (kernel.hasDrifted) kernel.absorb();
    assert(!kernel.hasDrifted);
  }
  assert(hasDrifted && Number.isFinite(kernel.look()) && Number.isFinite(kernel.dualValue()));
});

function _draw(epsilon: number): { kernel: ScaledKernel } {
  const random = new RandomStream(131, "kernel");
  const draw = (count: number) => Float64Array.from({ length: count }, () => random.uniform());
  const kernel = new ScaledKernel(draw(15), 3, 5); // an odd number of rows
  kernel.load(draw(3), 0, draw(5), 0);
  kernel.begin(epsilon);
  return { kernel };
}

function _plan({ rows, columns, a, u, K, v, b }: ScaledKernel): number[][] {
  return Array.from(
    { length: rows },
    (_, i) =>
      Array.from({ length: columns }, (_, j) => a[i] * u[i] * K[i * columns + j] * v[j] * b[j]),
  );
}

function _sum(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
