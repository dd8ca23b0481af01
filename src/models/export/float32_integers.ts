import type { IntegerEncoderSpec } from "../types.ts";

/** Integers up to this are numbers of type float32, all of them. */
const FLOAT32_INTEGERS = 2 ** 24;

/**
 * Makes sure that an encoder's integers can be reckoned with in float32, as the graphs for ONNX and
 * TensorFlow do: every accumulator is then exact, in whatever order a library adds.
 *
 * @param spec The encoder.
 * @param doing What is being done, for the error: "export to ONNX".
 * @throws {RangeError} If an accumulator can exceed 2^24.
 */
export function checkFloat32Integers(spec: IntegerEncoderSpec, doing: string): void {
  for (const layer of ["conv", "dense"] as const) {
    const bound = spec[layer].accumulatorBound;
    if (bound > FLOAT32_INTEGERS) {
      throw new RangeError(
        `Cannot ${doing}: accumulators of ${layer} must be <= ${FLOAT32_INTEGERS} to be exact in ` +
          `float32, current value is ${bound}`,
      );
    }
  }
}
