/**
 * The part of `@std/assert` that tests and examples use, over `node:assert/strict`. The names,
 * argument orders and errors are those of `@std/assert`; `deno.jsr.json` maps to the original.
 *
 * @module
 */
import nodeAssert from "node:assert/strict";

/** Fails unless the condition is truthy. */
export function assert(condition: unknown, message?: string): asserts condition {
  nodeAssert.ok(condition, message);
}

/** Fails unless actual and expected are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.deepStrictEqual(actual, expected, message);
}

/** Fails unless |actual - expected| <= tolerance; the default tolerance is 1e-7 of expected. */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance: number = Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 0,
  message?: string,
): void {
  if (Object.is(actual, expected)) return;
  const delta = Math.abs(actual - expected);
  if (delta <= tolerance) return;
  const tail = message ? `: ${message}` : "";
  nodeAssert.fail(
    `Expected actual: ${actual} to be close to ${expected}: delta ${delta} is greater than ${tolerance}${tail}`,
  );
}

/** Fails unless the function throws an error of the class whose message includes the text. */
export function assertThrows<E extends Error = Error>(
  run: () => unknown,
  // deno-lint-ignore no-explicit-any
  ErrorClass: abstract new (...args: any[]) => E = Error as never,
  messageIncludes = "",
): E {
  try {
    run();
  } catch (error) {
    return _checkError(error, ErrorClass, messageIncludes);
  }
  return nodeAssert.fail("Expected function to throw");
}

/** Fails unless the promise rejects with an error of the class whose message includes the text. */
export async function assertRejects<E extends Error = Error>(
  run: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any
  ErrorClass: abstract new (...args: any[]) => E = Error as never,
  messageIncludes = "",
): Promise<E> {
  try {
    await run();
  } catch (error) {
    return _checkError(error, ErrorClass, messageIncludes);
  }
  return nodeAssert.fail("Expected function to reject");
}

function _checkError<E extends Error>(
  error: unknown,
  // deno-lint-ignore no-explicit-any
  ErrorClass: abstract new (...args: any[]) => E,
  messageIncludes: string,
): E {
  nodeAssert.ok(error instanceof ErrorClass, `Expected ${ErrorClass.name}, got: ${error}`);
  nodeAssert.ok(
    error.message.includes(messageIncludes),
    `Expected error message to include "${messageIncludes}", got: "${error.message}"`,
  );
  return error;
}
