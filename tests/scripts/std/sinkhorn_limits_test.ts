import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { outputSpaces } from "../../../scripts/std/output_spaces.ts";
import {
  EPSILONS,
  iterationsBySharpness,
  nearEquality,
  PARTS,
  SHARPNESS,
  sinkhornErrors,
  sinkhornSurvival,
} from "../../../scripts/std/sinkhorn_limits.ts";

const [CHAIN, TREE] = outputSpaces(2);

Deno.test("sinkhornErrors() fall with the regularisation", () => {
  for (const line of Object.values(sinkhornErrors(TREE, [1, 2, 3]))) {
    assertEquals(line.length, EPSILONS.length);
    assert(line.at(-1)! < 0.05 && line.at(-1)! < line[0], `${line}`);
  }
});

Deno.test("sinkhornSurvival() ends in single precision first, in the log domain never", () => {
  const { "single precision": single, "double precision": double, "log domain": log } =
    sinkhornSurvival(CHAIN, [1, 2, 3], [0.3, 0.01, 0.001]);
  assertEquals([single[0], double[0], double[1]], [100, 100, 100]);
  assert(single[1] < 100 && double[2] < 100);
  assertEquals(log, [100, 100, 100]);
});

Deno.test("nearEquality() finds what fades, and what does not", () => {
  const { values, gradients } = nearEquality(CHAIN, [1, 2, 3], 0.2), equal = PARTS.length;
  assertEquals([values.exact[equal], values.relaxed[equal], gradients.exact[equal]], [0, 0, 0]);
  assertAlmostEquals(values["Sinkhorn divergence"][equal], 0, 1e-7);
  assert(values.Sinkhorn[equal] > 0.1);
  // From one part to the next the relaxed gradient falls tenfold, the exact one not at all.
  assertAlmostEquals(gradients.relaxed[1] / gradients.relaxed[0], 0.1, 1e-9);
  assertAlmostEquals(gradients.exact[1] / gradients.exact[0], 1, 1e-9);
});

Deno.test("iterationsBySharpness() counts by both methods", () => {
  const counts = Object.values(iterationsBySharpness(CHAIN, [1, 2], 0.1));
  for (const line of counts) {
    assertEquals(line.length, SHARPNESS.length);
    assert(line.every((count) => count >= 1 && count <= 10_000), `${line}`);
  }
});
