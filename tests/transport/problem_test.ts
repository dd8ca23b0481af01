import { assert, assertEquals, assertThrows } from "@std/assert";
import { transportProblem } from "../../src/transport/problem.ts";

Deno.test("transportProblem() takes any arrays of numbers", () => {
  const { a, b, cost } = transportProblem([1, 2], Float32Array.of(3), new Uint8Array([4, 5]));
  assertEquals([[...a], [...b], [...cost]], [[1, 2], [3], [4, 5]]);
});

Deno.test("transportProblem() copies masses and keeps a Float64Array of costs", () => {
  const masses = Float64Array.of(1), costs = Float64Array.of(2);
  const { a, cost } = transportProblem(masses, masses, costs);
  assert(a !== masses && cost === costs);
});

Deno.test("transportProblem() lets totals differ by rounding, or by anything when asked", () => {
  transportProblem([0.1, 0.2], [0.3], [1, 1]);
  transportProblem([1], [1 + 9e-10], [1]);
  transportProblem([1], [2], [1], { equalTotals: false });
});

Deno.test("transportProblem() refuses bad masses, naming the bin", () => {
  for (const bad of [-2, NaN, Infinity]) {
    assertThrows(
      () => transportProblem([1, bad], [1], [0, 0]),
      RangeError,
      `Cannot compute EMD: a[1] must be finite and >= 0, current value is ${bad}`,
    );
    assertThrows(
      () => transportProblem([1], [bad, 1], [0, 0]),
      RangeError,
      `Cannot compute EMD: b[0] must be finite and >= 0, current value is ${bad}`,
    );
  }
});

Deno.test("transportProblem() refuses bad costs, naming the bins", () => {
  for (const bad of [-1, NaN, Infinity]) {
    assertThrows(
      () => transportProblem([1, 1], [1, 1, 0], [0, 0, 0, 0, 0, bad]),
      RangeError,
      `Cannot compute EMD: M[5], the cost from bin 1 to bin 2, must be finite and >= 0, current value is ${bad}`,
    );
  }
});

Deno.test("transportProblem() refuses wrong shapes and types", () => {
  // deno-lint-ignore no-explicit-any
  const refuse = (a: any, b: any, M: any, message: string) =>
    assertThrows(() => transportProblem(a, b, M), TypeError, message);
  const flat =
    "Cannot compute EMD: M must be flat, row-major, of length 2 * 3 = 6, current length is";
  refuse([1, 2], [1, 1, 1], [1, 2, 3], `${flat} 3`);
  refuse([1, 2], [1, 1, 1], [[1, 2, 3], [4, 5, 6]], `${flat} 2`);
  refuse([1, 2], [1, 1, 1], undefined, `${flat} undefined`);
  refuse(
    [1, 2],
    [3],
    [[1], [2]],
    "Cannot compute EMD: M[0] must be a number, current type is array",
  );
  refuse(["1"], [1], [1], "Cannot compute EMD: a[0] must be a number, current type is string");
  refuse([1], [null], [1], "Cannot compute EMD: b[0] must be a number, current type is object");
  refuse(1, [1], [1], "Cannot compute EMD: a must be an array of numbers");
  refuse([1], undefined, [1], "Cannot compute EMD: b must be an array of numbers");
});

Deno.test("transportProblem() refuses empty histograms and totals that differ", () => {
  for (const [a, b, M] of [[[0, 0], [0], [1, 1]], [[], [], []]]) {
    assertThrows(
      () => transportProblem(a, b, M),
      RangeError,
      "Cannot compute EMD: both histograms are empty, their total mass is 0",
    );
  }
  assertThrows(
    () => transportProblem([1, 2], [0], [1, 1]),
    RangeError,
    "Cannot compute EMD: the totals of a and b must be equal, current values are 3 and 0",
  );
  assertThrows(
    () => transportProblem([1], [1 + 2e-9], [1]),
    RangeError,
    "Cannot compute EMD: the totals of a and b must be equal, current values are 1 and 1.000000002",
  );
  assertThrows(
    () => transportProblem([1e308, 1e308], [1], [1, 1]),
    RangeError,
    "Cannot compute EMD: the total mass of a overflows",
  );
});
