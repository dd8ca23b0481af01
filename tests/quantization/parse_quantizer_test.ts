import { assertEquals, assertThrows } from "@std/assert";
import {
  binary,
  parseQuantizer,
  quantizedBits,
  quantizedHswish,
  quantizedPo2,
  quantizedRelu,
  quantizedReluPo2,
  quantizedSigmoid,
  quantizedTanh,
  ternary,
} from "../../src/quantization/mod.ts";

const QUANTIZERS = [
  quantizedBits({ bits: 5, integer: 1 }),
  quantizedBits({ bits: 6, integer: -1, symmetric: true, keepNegative: false, alpha: 1e-7 }),
  quantizedRelu({ bits: 9, integer: 1 }),
  quantizedRelu({ bits: 6, integer: 2, negativeSlope: 0.125 }),
  quantizedRelu({ bits: 6, integer: 2, sigmoid: "hard", negativeSlope: 0.25 }),
  quantizedRelu({ bits: 6, integer: 2, sigmoid: "smooth", isQuantizedClip: false }),
  quantizedSigmoid({ bits: 6, symmetric: true, sigmoid: "real" }),
  quantizedSigmoid({ bits: 6, sigmoid: "smooth" }),
  quantizedTanh({ bits: 4, symmetric: true }),
  quantizedTanh({ bits: 4, sigmoid: "real" }),
  quantizedHswish({ bits: 6, integer: 2, symmetric: true, reluShift: 2, reluUpperBound: 5 }),
  binary({ use01: true, alpha: 5 }),
  ternary({ alpha: 2, threshold: 0.4 }),
  quantizedPo2({ bits: 4, maxValue: 2 }),
  quantizedReluPo2({ bits: 4, negativeSlope: 0.25 }),
  quantizedReluPo2({ bits: 4, maxValue: 8 }),
];

Deno.test("parseQuantizer() reads back what each quantiser prints", () => {
  const x = Array.from({ length: 400 }, (_, i) => (i - 200) / 37);
  for (const quantizer of QUANTIZERS) {
    const read = parseQuantizer(`${quantizer}`);
    assertEquals(`${read}`, `${quantizer}`);
    assertEquals(read.apply(x), quantizer.apply(x), `${quantizer}`);
    assertEquals(read.gradient(x), quantizer.gradient(x), `${quantizer}`);
  }
});

Deno.test("parseQuantizer() takes names, flags, None and QKeras's defaults", () => {
  const texts: Record<string, string> = {
    "quantized_bits": "quantized_bits(8,0,0,alpha=1)",
    "quantized_bits()": "quantized_bits(8,0,0,alpha=1)",
    " quantized_bits( 5, 1, alpha = 1.0, keep_negative=True ) ": "quantized_bits(5,1,0,alpha=1)",
    "quantized_bits(bits=4, integer=2, symmetric=True, alpha=None)":
      "quantized_bits(4,2,1,alpha=1)",
    "quantized_relu(3)": "quantized_relu(3,0)",
    "binary()": "binary(alpha=1)",
    "quantized_po2(4, None)": "quantized_po2(4)",
  };
  for (const [text, expected] of Object.entries(texts)) {
    assertEquals(`${parseQuantizer(text)}`, expected, text);
  }
});

Deno.test("parseQuantizer() needs the channels of scales that come from the values", () => {
  const text = "quantized_bits(4,1,1,alpha='auto_po2')";
  const kernel = [0.23, 2.76, 0.53, 0.16];
  assertEquals(
    parseQuantizer(text, { channels: 2 }).apply(kernel),
    quantizedBits({ bits: 4, integer: 1, alpha: "auto_po2", channels: 2 }).apply(kernel),
  );
  assertThrows(() => parseQuantizer(text), RangeError, "channels must be an integer");
});

Deno.test("parseQuantizer() refuses what it does not know", () => {
  const texts = [
    "",
    "relu(3)",
    "quantized_bits(5",
    "constructor()",
    "quantized_bits(5,1,0,True,1,0)",
    "quantized_bits(5,noise=1)",
    "quantized_bits(five)",
    "quantized_bits(2**3)",
  ];
  for (const text of texts) assertThrows(() => parseQuantizer(text), SyntaxError, "Cannot parse");
  assertThrows(() => parseQuantizer("quantized_bits(40)"), RangeError, "bits must be");
});
