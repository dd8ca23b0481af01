import { assert, assertEquals } from "@std/assert";
import type { EconAutoencoderWeights } from "../../../src/models/types.ts";

/**
 * Asserts that two long lists hold equal numbers, and says where they first differ. The difference of
 * whole lists, which `assertEquals` prints, takes memory that grows with the square of their length.
 *
 * @param actual The list.
 * @param expected What it should be; of the same class, if both are typed arrays.
 * @param columns Numbers of a row, for the message.
 */
export function assertSameNumbers(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  columns = 1,
): void {
  assertEquals(actual.constructor, expected.constructor);
  assertEquals(actual.length, expected.length);
  let different = 0, first = -1;
  for (let k = 0; k < actual.length; k++) {
    if (Object.is(actual[k], expected[k])) continue;
    if (different++ === 0) first = k;
  }
  assert(
    different === 0,
    `${different} of ${actual.length} numbers differ, first that in row ` +
      `${Math.floor(first / columns)}, column ${first % columns}: ${actual[first]} is not ` +
      `${expected[first]}`,
  );
}

/** Asserts that two autoencoders have equal formats and equal weights; -0 is 0, as in integers. */
export function assertSameWeights(
  actual: EconAutoencoderWeights,
  expected: EconAutoencoderWeights,
): void {
  assertEquals(actual.encoder.formats, expected.encoder.formats);
  const layers = ({ encoder, decoder }: EconAutoencoderWeights) =>
    [encoder.conv, encoder.dense, decoder.dense, decoder.conv1, decoder.conv2]
      .flatMap(({ kernel, bias }) => [kernel, bias].map((values) => values.map((x) => x + 0)));
  const other = layers(expected);
  layers(actual).forEach((values, k) => assertSameNumbers(values, other[k]));
}
