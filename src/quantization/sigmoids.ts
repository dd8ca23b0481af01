/** A sigmoid as QKeras has them: two of straight lines, one real. */
export type SigmoidName = "hard" | "smooth" | "real";

/** A function of one float32 number, with its derivative. */
export interface Curve {
  /** The function, in float32. */
  readonly value: (x: number) => number;
  /** Its derivative. */
  readonly slope: (x: number) => number;
}

/**
 * The sigmoids by name, from 0 to 1 and 1/2 at zero:
 *
 * - `hard`: x / 2 + 1/2, clipped to [0, 1]
 * - `smooth`: 3 x / 16 + 1/2, clipped to [0, 1]
 * - `real`: 1 / (1 + exp(-x))
 *
 * At the corners of the clipped ones the derivative is that of the line, as in TensorFlow.
 */
export const SIGMOIDS: Readonly<Record<SigmoidName, Curve>> = {
  hard: _line(0.5),
  smooth: _line(0.1875),
  real: {
    value: (x) => Math.fround(_logistic(x)),
    slope: (x) => _logistic(x) * (1 - _logistic(x)),
  },
};

/**
 * The tanh of each sigmoid, from -1 to 1: twice a sigmoid of lines minus 1, or the real tanh.
 */
export const TANHS: Readonly<Record<SigmoidName, Curve>> = {
  hard: _stretched(SIGMOIDS.hard),
  smooth: _stretched(SIGMOIDS.smooth),
  real: { value: (x) => Math.fround(Math.tanh(x)), slope: (x) => 1 - Math.tanh(x) ** 2 },
};

/**
 * Checks the name of a sigmoid.
 *
 * @param quantizer Name of the quantiser, for the message.
 * @param name The name.
 * @throws {RangeError} If there is none of that name.
 */
export function checkSigmoid(quantizer: string, name: SigmoidName): void {
  if (!Object.hasOwn(SIGMOIDS, name)) {
    throw new RangeError(
      `Cannot make ${quantizer}: sigmoid must be hard, smooth or real, current value is ${name}`,
    );
  }
}

function _line(slope: number): Curve {
  const line = (x: number) => Math.fround(Math.fround(slope * x) + 0.5);
  return {
    value: (x) => Math.min(Math.max(line(x), 0), 1),
    slope: (x) => line(x) >= 0 && line(x) <= 1 ? slope : 0,
  };
}

function _stretched({ value, slope }: Curve): Curve {
  return { value: (x) => Math.fround(2 * value(x) - 1), slope: (x) => 2 * slope(x) };
}

function _logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
