import { assertEquals } from "@std/assert";
import { weightedSquares } from "../../src/losses/weighted_squares.ts";
import { testLossProperties } from "./_properties.ts";

const sums = [
  { cells: [0], weight: 1 },
  { cells: [1, 2, 4], weight: 0.5 },
  { cells: [3, 0], weight: 2 },
  { cells: [4], weight: 0.1 },
];

testLossProperties("weightedSquares()", weightedSquares("sums", 5, sums), { degree: 3 });

Deno.test("weightedSquares() gives values worked by hand", async () => {
  const { value } = await weightedSquares("sums", 5, sums).valueAndGradient(
    Float64Array.of(1, 2, 0, 0, 3),
    Float64Array.of(2, 1, 1, 0, 0),
  );
  // 1 * 1^2 * 2, 0.5 * (5 - 2)^2 * 5, 2 * (1 - 2)^2 * 2, 0.1 * 3^2 * 3
  assertEquals(value[0], 2 + 22.5 + 4 + 0.1 * 27);
});
