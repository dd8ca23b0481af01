import { integerEncoderSpec } from "../integer/integer_encoder_spec.ts";
import type {
  EconAutoencoderWeights,
  EconDecoderWeights,
  EconFormats,
  IntegerEncoderSpec,
  LayerWeights,
} from "../types.ts";
import {
  type EncoderDocument,
  encoderDocument,
  type FloatLayerDocument,
  type IntegerLayerDocument,
} from "./encoder_document.ts";

/**
 * An autoencoder as a JSON text that tells everything: the encoder in integers with its formats, which
 * trigger cell each pixel of the image holds, and the decoder's weights. {@linkcode EncoderDocument}
 * describes each member; {@linkcode IntegerEncoderSpec} says how a wafer is encoded with them.
 *
 * @param spec The encoder in integers.
 * @param decoder Weights of the decoder.
 * @returns The text.
 *
 * @example
 * ```ts
 * import { encoderJson, parseEncoderJson } from "./encoder_json.ts";
 * import { integerEncoderSpec } from "../integer/integer_encoder_spec.ts";
 * import { econFormats } from "../published/econ_formats.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = (kernel: number, bias: number) => ({
 *   kernel: new Float32Array(kernel).fill(0.125),
 *   bias: new Float32Array(bias),
 * });
 * const encoder = { conv: layer(72, 8), dense: layer(2048, 16), formats: econFormats() };
 * const decoder = { dense: layer(2048, 128), conv1: layer(576, 8), conv2: layer(72, 1) };
 *
 * const text = encoderJson(integerEncoderSpec(encoder), decoder);
 * assertEquals(parseEncoderJson(text), { encoder, decoder });
 * ```
 */
export function encoderJson(spec: IntegerEncoderSpec, decoder: EconDecoderWeights): string {
  const text = JSON.stringify(encoderDocument(spec, decoder), null, 2);
  // A line for each list of numbers, and for each record of numbers.
  const onOneLine = (flat: string) =>
    flat.replace(/\s+/g, " ").replace(/^\[ | \]$/g, (end) => end.trim());
  return text.replace(/[[{][^[\]{}]*[\]}]/g, onOneLine) + "\n";
}

/**
 * Weights from the text that {@linkcode encoderJson} writes.
 *
 * The text says much twice, for readers of either kind: a largest code follows from a format, for
 * example. All of it must agree.
 *
 * @param text The text.
 * @returns The weights: those of the encoder as quantised, equal to the quantised weights that were
 * written; those of the decoder equal to those written.
 * @throws {TypeError} If the text is not JSON, or a member is missing or not of its type.
 * @throws {RangeError} If a member does not go with the others.
 */
export function parseEncoderJson(text: string): EconAutoencoderWeights {
  const given = _parse(text);
  const formats = _formats(given.formats);
  const { input, weights, hidden } = formats;
  const fraction = {
    input: input.bits - 1 - input.integer,
    weights: weights.bits - 1 - weights.integer,
    hidden: hidden.bits - hidden.integer,
  };
  const encoder = {
    conv: _integerLayer(given.conv, "conv", 72, 8, fraction.weights, fraction.input),
    dense: _integerLayer(given.dense, "dense", 2048, 16, fraction.weights, fraction.hidden),
    formats,
  };
  const decoder = {
    dense: _floatLayer(given.decoder?.dense, "decoder.dense", 2048, 128),
    conv1: _floatLayer(given.decoder?.conv1, "decoder.conv1", 576, 8),
    conv2: _floatLayer(given.decoder?.conv2, "decoder.conv2", 72, 1),
  };
  _checkEqual(given, encoderDocument(integerEncoderSpec(encoder), decoder), "");
  return { encoder, decoder };
}

const _CANNOT = "Cannot read an encoder from JSON";

/** Any member may be missing in what is parsed. */
type _Partial<T> = { readonly [K in keyof T]?: T[K] extends object ? _Partial<T[K]> : T[K] };

function _parse(text: string): _Partial<EncoderDocument> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`${_CANNOT}: ${(cause as Error).message}`, { cause });
  }
  const { format, version } = Object(given) as _Partial<EncoderDocument>;
  if (format !== "hexmover-econ-autoencoder" || version !== 1) {
    throw new TypeError(
      `${_CANNOT}: format must be hexmover-econ-autoencoder, version 1, ` +
        `current value is ${format}, version ${version}`,
    );
  }
  return given as _Partial<EncoderDocument>;
}

function _formats(given: _Partial<EconFormats> | undefined): EconFormats {
  const format = (name: keyof EconFormats) => {
    const { bits, integer } = given?.[name] ?? {};
    for (const [member, value] of Object.entries({ bits, integer })) {
      if (!Number.isInteger(value)) {
        throw new TypeError(
          `${_CANNOT}: formats.${name}.${member} must be an integer, current value is ${value}`,
        );
      }
    }
    return { bits: bits!, integer: integer! };
  };
  return {
    input: format("input"),
    weights: format("weights"),
    hidden: format("hidden"),
    latent: format("latent"),
  };
}

/** Weights of a layer whose biases are kept in the unit of the accumulator. */
function _integerLayer(
  given: _Partial<IntegerLayerDocument> | undefined,
  name: string,
  kernel: number,
  bias: number,
  weightsFraction: number,
  inputFraction: number,
): LayerWeights {
  const unit = 2 ** -weightsFraction;
  return {
    kernel: _numbers(given?.kernel, `${name}.kernel`, kernel).map((code) => code * unit),
    bias: _numbers(given?.bias, `${name}.bias`, bias).map((code) =>
      code * unit * 2 ** -inputFraction
    ),
  };
}

function _floatLayer(
  given: _Partial<FloatLayerDocument> | undefined,
  name: string,
  kernel: number,
  bias: number,
): LayerWeights {
  return {
    kernel: _numbers(given?.kernel, `${name}.kernel`, kernel),
    bias: _numbers(given?.bias, `${name}.bias`, bias),
  };
}

function _numbers(given: unknown, name: string, count: number): Float32Array {
  if (!Array.isArray(given) || given.length !== count) {
    const current = Array.isArray(given) ? `a list of ${given.length}` : given;
    throw new TypeError(
      `${_CANNOT}: ${name} must be a list of ${count} numbers, current value is ${current}`,
    );
  }
  const wrong = given.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1) {
    throw new TypeError(
      `${_CANNOT}: ${name}[${wrong}] must be a finite number, current value is ${given[wrong]}`,
    );
  }
  return Float32Array.from(given);
}

/** Finds the first member that is not what follows from the formats and weights. */
function _checkEqual(given: unknown, expected: unknown, path: string): void {
  if (typeof expected !== "object" || expected === null) {
    if (given === expected) return;
    throw new RangeError(
      `${_CANNOT}: ${path} must be ${expected} to go with the rest, current value is ${
        JSON.stringify(given)
      }`,
    );
  }
  const members = Object.keys(Object(given));
  const foreign = members.find((key) => !Object.hasOwn(expected, key));
  if (foreign !== undefined) {
    throw new RangeError(`${_CANNOT}: ${_join(path, foreign)} is no member that is known`);
  }
  for (const [key, value] of Object.entries(expected)) {
    _checkEqual((Object(given) as Record<string, unknown>)[key], value, _join(path, key));
  }
}

function _join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
