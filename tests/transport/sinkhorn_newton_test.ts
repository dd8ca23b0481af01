import { assert } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { ScaledKernel } from "../../src/transport/scaled_kernel.ts";
import { SinkhornNewton } from "../../src/transport/sinkhorn_newton.ts";

Deno.test("SinkhornNewton squares the error with each step, near the end", () => {
  const { kernel, newton } = _draw(0.1);
  const errors = [kernel.look()];
  while (errors.at(-1)! > 1e-12 && errors.length < 30) errors.push(newton.step(errors.at(-1)!));
  assert(errors.length < 30, errors.join(", "));
  const near = errors.findIndex((error) => error < 1e-3);
  assert(errors[near + 2] < 1e-8, errors.join(", "));
});

Deno.test("SinkhornNewton never makes it worse, and counts its products", () => {
  for (const epsilon of [1, 0.1, 0.01, 0.001]) {
    const { kernel, newton } = _draw(epsilon);
    let error = kernel.look();
    for (let step = 0; step < 10 && error > 1e-12; step++) {
      const reached = newton.step(error);
      assert(reached <= error * (1 + 1e-9), `${reached} after ${error}`);
      assert(newton.products >= 2 && newton.products <= 2 * 12 + 6);
      error = reached;
    }
  }
});

Deno.test("SinkhornNewton stays where a plan is right", () => {
  const { kernel, newton } = _draw(0.5);
  let error = kernel.look();
  for (let step = 0; step < 20; step++) error = newton.step(error);
  const before = kernel.v.slice();
  const after = newton.step(error);
  assert(after <= 1e-12, `${after}`);
  kernel.v.forEach((v, j) => assert(Math.abs(v / before[j] - 1) < 1e-9));
});

function _draw(epsilon: number): { kernel: ScaledKernel; newton: SinkhornNewton } {
  const random = new RandomStream(141, "newton");
  const draw = (count: number) =>
    Float64Array.from({ length: count }, () => 0.1 + random.uniform());
  const kernel = new ScaledKernel(draw(144), 12, 12);
  kernel.load(draw(12), 0, draw(12), 0);
  kernel.begin(epsilon);
  return { kernel, newton: new SinkhornNewton(kernel) };
}
