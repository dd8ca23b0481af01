import type { AutoScale } from "./auto_scaled_bits.ts";
import { binary } from "./binary.ts";
import { quantizedBits } from "./quantized_bits.ts";
import { quantizedHswish } from "./quantized_hswish.ts";
import { quantizedPo2 } from "./quantized_po2.ts";
import { quantizedRelu } from "./quantized_relu.ts";
import { quantizedReluPo2 } from "./quantized_relu_po2.ts";
import { quantizedSigmoid } from "./quantized_sigmoid.ts";
import { quantizedTanh } from "./quantized_tanh.ts";
import type { SigmoidName } from "./sigmoids.ts";
import { ternary } from "./ternary.ts";
import type { AutoScaledQuantizer, Quantizer } from "./types.ts";

/** Options of {@linkcode parseQuantizer}. */
export interface ParseQuantizerOptions {
  /** Length of the last axis, for scales that come from the values (`alpha='auto_po2'`). */
  readonly channels?: number;
}

/**
 * Reads a quantiser from QKeras's form, such as `quantized_bits(5,1,0,alpha=1)`: the inverse of a
 * quantiser's `toString`. Arguments stand in QKeras's order or are named; those left out have
 * QKeras's defaults, where `alpha=None` is 1.
 *
 * @param text The form.
 * @param options Channels, where scales come from the values.
 * @returns The quantiser.
 * @throws {SyntaxError} If the text is not a call with arguments, or QKeras's quantiser of that name
 * is not here or has no such argument here.
 * @throws {RangeError} If an argument is out of range.
 *
 * @example
 * ```ts
 * import { parseQuantizer } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * const latent = parseQuantizer("quantized_relu(bits=9, integer=1)");
 * assertEquals(`${latent}`, "quantized_relu(9,1)");
 * assertEquals([...latent.apply([0.06])], [0.05859375]);
 * ```
 */
export function parseQuantizer(
  text: string,
  options: ParseQuantizerOptions = {},
): Quantizer | AutoScaledQuantizer {
  const [, name, list = ""] = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/s.exec(text) ?? [];
  if (name === undefined || !Object.hasOwn(_KINDS, name)) {
    throw new SyntaxError(
      `Cannot parse quantiser: must be a call of ${
        Object.keys(_KINDS).join(", ")
      }, current value is ${text}`,
    );
  }
  const kind = _KINDS[name], given = new _Arguments();
  list.split(",").map((part) => part.trim()).filter((part) => part !== "").forEach((part, i) => {
    const [, named, written] = /^(?:(\w+)\s*=\s*)?(.*)$/s.exec(part)!;
    const argument = named ?? kind.order[i], value = _valueOf(written);
    const isKnown = kind.order.includes(argument) || kind.named?.includes(argument);
    if (!isKnown || value === undefined) {
      throw new SyntaxError(
        `Cannot parse quantiser ${text}: argument must be one of ${
          [...kind.order, ...kind.named ?? []].join(", ")
        } with a number, flag or name, current value is ${part}`,
      );
    }
    if (value !== null) given.set(argument, value);
  });
  return kind.make(given, options);
}

/** Arguments by name; None is not set. */
class _Arguments extends Map<string, number | string> {
  number(name: string, otherwise: number): number {
    return Number(this.get(name) ?? otherwise);
  }
  flag(name: string, otherwise = false): boolean {
    return this.number(name, otherwise ? 1 : 0) !== 0;
  }
  /** The named sigmoid, or `otherwise` where none is named. */
  sigmoid(otherwise: SigmoidName): SigmoidName {
    return (this.get("sigmoid") ?? otherwise) as SigmoidName;
  }
  maxValue(): { maxValue?: number } {
    return this.has("max_value") ? { maxValue: this.number("max_value", NaN) } : {};
  }
}

interface _Kind {
  /** QKeras's first arguments, which may stand without a name. */
  readonly order: readonly string[];
  /** Further ones that need their name. */
  readonly named?: readonly string[];
  make(given: _Arguments, options: ParseQuantizerOptions): Quantizer | AutoScaledQuantizer;
}

const _KINDS: Readonly<Record<string, _Kind>> = {
  quantized_bits: {
    order: ["bits", "integer", "symmetric", "keep_negative", "alpha"],
    make(given, { channels = NaN }) {
      const alpha = given.get("alpha") ?? 1, format = _format(given);
      if (typeof alpha === "string") {
        return quantizedBits({ ...format, alpha: alpha as AutoScale, channels });
      }
      const keepNegative = given.flag("keep_negative", true);
      return quantizedBits({ ...format, symmetric: given.flag("symmetric"), keepNegative, alpha });
    },
  },
  quantized_relu: {
    order: ["bits", "integer", "use_sigmoid", "negative_slope"],
    named: ["is_quantized_clip", "sigmoid"],
    make: (given) =>
      quantizedRelu({
        ..._format(given),
        negativeSlope: given.number("negative_slope", 0),
        isQuantizedClip: given.flag("is_quantized_clip", true),
        ...(given.flag("use_sigmoid") && { sigmoid: given.sigmoid("hard") }),
      }),
  },
  quantized_sigmoid: {
    order: ["bits", "symmetric", "use_real_sigmoid"],
    named: ["sigmoid"],
    make: (given) =>
      quantizedSigmoid({
        bits: given.number("bits", 8),
        symmetric: given.flag("symmetric"),
        sigmoid: given.sigmoid(given.flag("use_real_sigmoid") ? "real" : "hard"),
      }),
  },
  quantized_tanh: {
    order: ["bits"], // the second of QKeras is stochastic rounding
    named: ["symmetric", "use_real_tanh", "sigmoid"],
    make: (given) =>
      quantizedTanh({
        bits: given.number("bits", 8),
        symmetric: given.flag("symmetric"),
        sigmoid: given.sigmoid(given.flag("use_real_tanh") ? "real" : "hard"),
      }),
  },
  quantized_hswish: {
    order: ["bits", "integer", "symmetric"],
    named: ["relu_shift", "relu_upper_bound"],
    make: (given) =>
      quantizedHswish({
        ..._format(given),
        symmetric: given.flag("symmetric"),
        reluShift: given.number("relu_shift", 3),
        reluUpperBound: given.number("relu_upper_bound", 6),
      }),
  },
  binary: {
    order: ["use_01", "alpha"],
    make: (given) => binary({ use01: given.flag("use_01"), alpha: given.number("alpha", 1) }),
  },
  ternary: {
    order: ["alpha", "threshold"],
    make: (given) =>
      ternary({ alpha: given.number("alpha", 1), threshold: given.number("threshold", 0.33) }),
  },
  quantized_po2: {
    order: ["bits", "max_value"],
    make: (given) => quantizedPo2({ bits: given.number("bits", 8), ...given.maxValue() }),
  },
  quantized_relu_po2: {
    order: ["bits", "max_value", "negative_slope"],
    make: (given) =>
      quantizedReluPo2({
        bits: given.number("bits", 8),
        ...given.maxValue(),
        negativeSlope: given.number("negative_slope", 0),
      }),
  },
};

function _format(given: _Arguments): { bits: number; integer: number } {
  return { bits: given.number("bits", 8), integer: given.number("integer", 0) };
}

/** A number, a name in quotes, null for None; undefined for anything else. */
function _valueOf(written: string): number | string | null | undefined {
  if (written === "None") return null;
  if (written === "True" || written === "False") return written === "True" ? 1 : 0;
  const quoted = /^(["'])(\w+)\1$/.exec(written);
  if (quoted !== null) return quoted[2];
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(written) ? Number(written) : undefined;
}
