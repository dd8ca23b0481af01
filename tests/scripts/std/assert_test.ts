import { AssertionError } from "node:assert/strict";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../../scripts/std/assert.ts";

// These tests cannot lean on the module that they test: they count failures by themselves.

/** The error that a call throws, or undefined. */
function errorOf(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

function passes(run: () => void): void {
  const error = errorOf(run);
  if (error !== undefined) throw new Error("should pass", { cause: error });
}

function fails(run: () => void, messageIncludes = ""): void {
  const error = errorOf(run);
  if (!(error instanceof AssertionError) || !error.message.includes(messageIncludes)) {
    throw new Error(`should fail with "${messageIncludes}"`, { cause: error });
  }
}

Deno.test("assert() wants a truthy value", () => {
  passes(() => assert(1));
  for (const value of [false, 0, "", null, undefined, NaN]) fails(() => assert(value));
  fails(() => assert(false, "said so"), "said so");
});

Deno.test("assertEquals() compares deeply and strictly", () => {
  passes(() => assertEquals({ a: [1, NaN] }, { a: [1, NaN] }));
  passes(() => assertEquals(Float64Array.of(1, NaN), Float64Array.of(1, NaN)));
  fails(() => assertEquals<unknown>([1], ["1"]));
  fails(() => assertEquals(Float64Array.of(1), Float64Array.of(1 + 2 ** -52)));
  fails(() => assertEquals<unknown>(Float64Array.of(1), Float32Array.of(1)));
  fails(() => assertEquals(0, -0));
  fails(() => assertEquals<unknown>({ a: undefined }, {}));
  fails(() => assertEquals(1, 2, "said so"), "said so");
});

Deno.test("assertAlmostEquals() allows the tolerance and no more", () => {
  passes(() => assertAlmostEquals(1, 1 + 0.9e-7));
  fails(() => assertAlmostEquals(1, 1 + 1.1e-7));
  passes(() => assertAlmostEquals(1e9, 1e9 + 90));
  passes(() => assertAlmostEquals(0.5, 0.75, 0.25));
  fails(() => assertAlmostEquals(0.5, 0.76, 0.25), "to be close to 0.76");
  passes(() => assertAlmostEquals(Infinity, Infinity));
  passes(() => assertAlmostEquals(NaN, NaN));
  fails(() => assertAlmostEquals(NaN, 0, 1));
  fails(() => assertAlmostEquals(0, NaN, 1));
  fails(() => assertAlmostEquals(1, Infinity));
  fails(() => assertAlmostEquals(1, 2, 0.1, "said so"), "said so");
});

Deno.test("assertThrows() wants an error of a class with a text", () => {
  const run = () => {
    throw new RangeError("Cannot do: too large");
  };
  passes(() => assertThrows(run));
  passes(() => assertThrows(run, RangeError, "too large"));
  if (assertThrows(run, RangeError).message !== "Cannot do: too large") throw new Error("lost");
  fails(() => assertThrows(run, TypeError), "Expected TypeError");
  fails(() => assertThrows(run, RangeError, "too small"), 'include "too small"');
  fails(() => assertThrows(() => {}), "to throw");
});

Deno.test("assertRejects() wants a rejection of a class with a text", async () => {
  const reject = () => Promise.reject(new RangeError("Cannot do: too large"));
  const error = await assertRejects(reject, RangeError, "too large");
  if (error.message !== "Cannot do: too large") throw new Error("lost");
  const failure = (run: () => Promise<unknown>) =>
    run().then(() => undefined, (reason: unknown) => reason);
  for (
    const run of [
      () => assertRejects(reject, TypeError),
      () => assertRejects(reject, RangeError, "too small"),
      () => assertRejects(() => Promise.resolve()),
    ]
  ) {
    if (!(await failure(run) instanceof AssertionError)) throw new Error(`should fail: ${run}`);
  }
});
