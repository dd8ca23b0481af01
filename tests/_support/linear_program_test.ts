import { assertAlmostEquals, assertThrows } from "@std/assert";
import { rubnerByLinearProgram, solveLinearProgram } from "./linear_program.ts";

Deno.test("solveLinearProgram() solves a textbook problem", () => {
  // Maximise 3x + 5y with x <= 4, 2y <= 12, 3x + 2y <= 18: 36 at (2, 6) (Hillier and Lieberman).
  const rows = [[1, 0, 1, 0, 0], [0, 2, 0, 1, 0], [3, 2, 0, 0, 1]];
  assertAlmostEquals(solveLinearProgram({ cost: [-3, -5, 0, 0, 0], rows, rhs: [4, 12, 18] }), -36);
});

Deno.test("solveLinearProgram() says when nothing fits the equations", () => {
  const problem = { cost: [1], rows: [[1], [1]], rhs: [1, 2] };
  assertThrows(() => solveLinearProgram(problem), Error, "infeasible");
});

Deno.test("rubnerByLinearProgram() moves the smaller mass", () => {
  assertAlmostEquals(rubnerByLinearProgram([2], [3, 4], [1, 5]), 1);
  assertAlmostEquals(rubnerByLinearProgram([4], [3, 4], [1, 5]), (3 * 1 + 1 * 5) / 4);
});
