/** QKeras's own test tables: every case that is deterministic, and a count of those that are not. */
import { assertEquals } from "@std/assert";
import {
  binary,
  parseQuantizer,
  quantizedBits,
  quantizedHswish,
  quantizedRelu,
  quantizedReluPo2,
  quantizedSigmoid,
  quantizedTanh,
  ternary,
} from "../../src/quantization/mod.ts";
import { readReferenceJson, referenceData, testNeeding } from "../_support/skips.ts";
import { numpyRand } from "./_mersenne_twister.ts";

const TABLE = "peer_tables/qkeras.json";

/** What a case says: the numbers that it expects, and ours. */
type Compared = readonly [actual: ArrayLike<number>, expected: readonly number[]];

// deno-lint-ignore no-explicit-any
type Values = any;

/** Our numbers for a case; a string is the reason why there is nothing to compare. */
const CASES: Record<string, (values: Values) => Compared[] | string> = {
  "qactivation_test.py::test_quantized_sigmoid": _sigmoid,
  "qactivation_test.py::test_quantized_sigmoid_limits": (v) => {
    const { min, max } = quantizedSigmoid({ bits: v.bits, symmetric: true });
    return [..._sigmoid(v), [[min, max], v.expected_values]];
  },
  "qactivation_test.py::test_quantized_tanh": (v) => _tanh({ ...v, sigmoid_type: "hard" }),
  "qactivation_test.py::test_quantized_tanh_limits": (v) => {
    const { min, max } = quantizedTanh({ bits: v.bits, symmetric: true });
    return [..._tanh(v), [[min, max], v.expected_values]];
  },
  "qactivation_test.py::test_quantized_relu": _relu,
  "leakyrelu_test.py::test_quantized_relu": _relu,
  "qactivation_test.py::test_quantized_bits": (v) => {
    const { bits, integer, symmetric, keep_negative: keepNegative } = v;
    return _applied(quantizedBits({ bits, integer, symmetric: symmetric === 1, keepNegative }), v);
  },
  "qactivation_test.py::test_quantized_bits_with_auto_po2_scale": (v) => {
    // The kernel stands in the body of QKeras's test.
    const kernel = [0.23, 2.76, 0.1, 0.33, 0.53, 0.16, 0.3, 1.43];
    const { bits, integer } = v;
    const quantizer = quantizedBits({ bits, integer, alpha: "auto_po2", channels: 4 });
    return [
      [quantizer.apply(kernel), v.expected_output.flat()],
      [quantizer.scales(kernel), v.expected_scale.flat()],
    ];
  },
  "qactivation_test.py::test_ternary": _ternary,
  "qactivation_test.py::test_stochastic_ternary_inference_mode": _ternary,
  "qactivation_test.py::test_binary": _binary,
  "qactivation_test.py::test_stochastic_binary_inference_mode": _binary,
  "qactivation_test.py::test_quantized_hswish": (v) => {
    const { bits, integer, relu_shift: reluShift, relu_upper_bound: reluUpperBound } = v;
    const symmetric = v.symmetric === 1;
    return _applied(quantizedHswish({ bits, integer, symmetric, reluShift, reluUpperBound }), v);
  },
  "range_test.py::test_quantized_relu_range": (v) => {
    const quantizer = quantizedRelu({ bits: v.bits, integer: v.integer });
    return [[quantizer.decode(quantizer.codes()), v.expected_values]];
  },
  "range_test.py::test_quantized_bits_range": (v) => {
    const quantizer = quantizedBits({ bits: v.bits, integer: v.integer });
    // QKeras lists values by their two's complement: negative ones last.
    const values = [...quantizer.decode(quantizer.codes())];
    return [[[
      ...values.filter((x) => x >= 0),
      ...values.filter((x) => x < 0),
    ], v.expected_values]];
  },
  "leakyrelu_test.py::test_quantized_relu_po2": (v) =>
    _applied(quantizedReluPo2({ bits: v.bits, negativeSlope: v.negative_slope }), v),
  "qlayers_test.py::test_qdense": (v) => {
    const kernel = parseQuantizer(v.layer_kwargs.kernel_quantizer);
    const bias = parseQuantizer(v.layer_kwargs.bias_quantizer).apply(v.bias_data);
    const weights: number[][] = v.weight_data.map((row: number[]) => [...kernel.apply(row)]);
    const output = [...bias].map((b, unit) =>
      v.input_data[0].reduce((sum: number, x: number, i: number) => sum + x * weights[i][unit], b)
    );
    return [[output, v.expected_output.flat()]];
  },
  "qpooling_test.py::test_q_average_pooling": (v) =>
    v.y === null ? "expects an error of TensorFlow, no numbers" : _pooled(v),
  "qactivation_test.py::test_stochastic_round_quantized_po2": () => "stochastic, inputs omitted",
  "qactivation_test.py::test_stochastic_round_quantized_relu_po2": () =>
    "stochastic, inputs omitted",
  "qactivation_test.py::test_stochastic_ternary": () => "stochastic",
  "qadaptiveactivation_test.py::test_qadaptiveact_ema": () =>
    "random inputs to a layer that follows ranges, no expected numbers",
  "qconvolutional_test.py::test_qconv1d": () => "names a layer class, no numbers",
};

testNeeding([referenceData(TABLE)], "quantisers give QKeras's values in all its tables", () => {
  const left: Record<string, number> = {};
  let compared = 0;
  for (const { test, values } of readReferenceJson(TABLE).cases) {
    const name = test.replace("tests/", "");
    const result = CASES[name](values);
    if (typeof result === "string") {
      left[result] = (left[result] ?? 0) + 1;
      continue;
    }
    compared++;
    for (const [actual, expected] of result) {
      assertEquals(Float32Array.from(actual), Float32Array.from(expected), name);
    }
  }
  assertEquals(compared, 28);
  assertEquals(left, {
    "stochastic, inputs omitted": 6,
    "stochastic": 1,
    "random inputs to a layer that follows ranges, no expected numbers": 4,
    "names a layer class, no numbers": 1,
    "expects an error of TensorFlow, no numbers": 1,
  });
});

Deno.test("numpyRand() draws numpy's numbers", () => {
  // numpy.random.seed(42); numpy.random.rand(3), as numpy's documentation and users print it
  assertEquals([...numpyRand(42, 3)].map((x) => x.toFixed(8)), [
    "0.37454012",
    "0.95071431",
    "0.73199394",
  ]);
});

function _applied(quantizer: { apply(x: number[]): Float32Array }, v: Values): Compared[] {
  return [[quantizer.apply(v.test_values.flat()), v.expected_values.flat()]];
}

function _sigmoid(v: Values): Compared[] {
  return _applied(quantizedSigmoid({ bits: v.bits, symmetric: true, sigmoid: v.sigmoid_type }), v);
}

function _tanh(v: Values): Compared[] {
  return _applied(quantizedTanh({ bits: v.bits, symmetric: true, sigmoid: v.sigmoid_type }), v);
}

function _relu(v: Values): Compared[] {
  const { bits, integer, negative_slope: negativeSlope = 0 } = v;
  const sigmoid = v.use_sigmoid === 1 ? { sigmoid: "hard" } as const : {};
  return _applied(quantizedRelu({ bits, integer, negativeSlope, ...sigmoid }), v);
}

function _ternary(v: Values): Compared[] {
  return _applied(ternary({ alpha: v.alpha, threshold: v.threshold }), v);
}

function _binary(v: Values): Compared[] {
  return _applied(binary({ use01: v.use_01 ?? false, alpha: v.alpha }), v);
}

/**
 * QKeras's average pooling: the sum of a window times the quantised reciprocal of its size, then
 * quantised. Its test draws two images from numpy's generator with seed 33.
 */
function _pooled(v: Values): Compared[] {
  const [size, , channels] = v.input_size as number[], [pool] = v.pool_size as number[];
  const [bits, integer, symmetric] = v.average_quantizer.args;
  const quantizer = quantizedBits({ bits, integer, symmetric: symmetric === 1 });
  const [reciprocal] = quantizer.apply([1 / pool ** 2]);
  const images = Float32Array.from(numpyRand(33, 2 * size * size * channels));
  const sums: number[] = [];
  for (let image = 0; image < 2; image++) {
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let row = 0; row < pool; row++) {
        for (let column = 0; column < pool; column++) {
          sum += images[((image * size + row) * size + column) * channels + channel];
        }
      }
      sums.push(sum * reciprocal);
    }
  }
  // The strides leave room for one window only.
  return [[quantizer.apply(sums), v.y.flat(3)]];
}
