import { assert, assertEquals, assertThrows } from "@std/assert";
import { quantity } from "../../src/experiments/quantity.ts";
import { parseResult, type Result, resultBytes } from "../../src/experiments/result.ts";

const RESULT: Result = {
  schema: 1,
  experiment: "fig5",
  config: { pairs: 100, loss: { name: "telescope" } },
  seeds: [7, 8],
  dataChecksum: "ab12",
  backend: "typescript",
  version: "0.1.0",
  quantities: [
    quantity("median EMD", "half pitch", [0.1, 0.2, 0.7], { paper: 1.23 }),
    quantity("wafers", "", [4000]),
  ],
  figures: [{ name: "emd", title: "EMD", files: ["emd.svg", "emd.png", "emd.plotly.json"] }],
};

Deno.test("parseResult() reads what resultBytes() wrote", () => {
  assertEquals(parseResult(resultBytes(RESULT)), RESULT);
  assertEquals(parseResult(new TextDecoder().decode(resultBytes(RESULT))), RESULT);
});

Deno.test("resultBytes() gives the same bytes whatever the order of the keys", () => {
  const reversed = Object.fromEntries(Object.entries(RESULT).reverse()) as unknown as Result;
  assertEquals(resultBytes(reversed), resultBytes(RESULT));
});

Deno.test("resultBytes() writes text that a person can read", () => {
  const text = new TextDecoder().decode(resultBytes(RESULT));
  assert(text.endsWith("}\n") && text.includes('\n  "experiment": "fig5",\n'));
});

Deno.test("parseResult() says what is wrong, and where", () => {
  const [emd, wafers] = RESULT.quantities;
  const cases: [unknown, typeof TypeError | typeof RangeError, string][] = [
    [[], TypeError, "result must be an object, current value is []"],
    [{ ...RESULT, schema: 2 }, RangeError, "schema must be 1, current value is 2"],
    [{ ...RESULT, seeds: [7, "8"] }, TypeError, 'seeds[1] must be a number, current value is "8"'],
    [{ ...RESULT, backend: undefined }, TypeError, "backend must be a string, current value is ab"],
    [{ ...RESULT, when: "now" }, TypeError, 'result has an unknown field "when"'],
    [{ ...RESULT, config: null }, TypeError, "config must be an object, current value is null"],
    [
      { ...RESULT, quantities: [emd, { ...wafers, mean: "4000" }] },
      TypeError,
      'quantities[1].mean must be a number, current value is "4000"',
    ],
    [
      { ...RESULT, quantities: [{ ...emd, values: [0.1, null] }] },
      TypeError,
      "quantities[0].values[1] must be a number, current value is null",
    ],
    [
      { ...RESULT, quantities: [{ ...emd, paper: null }] },
      TypeError,
      "quantities[0].paper must be a number or absent, current value is null",
    ],
    [
      { ...RESULT, quantities: [{ ...emd, mean: 0.4 }] },
      RangeError,
      "mean and spread of quantities[0] must follow from its values",
    ],
    [
      { ...RESULT, quantities: [{ ...wafers, spread: 0 }] },
      RangeError,
      "mean and spread of quantities[0] must follow from its values (4000, null)",
    ],
    [{ ...RESULT, quantities: [{ ...emd, values: [] }] }, RangeError, "at least one value"],
    [{ ...RESULT, figures: [{ name: "emd", files: [] }] }, TypeError, "figures[0].title must be"],
    [
      { ...RESULT, figures: [{ name: "emd", title: "EMD", files: [1] }] },
      TypeError,
      "figures[0].files[0] must be a string, current value is 1",
    ],
  ];
  for (const [value, ErrorClass, message] of cases) {
    assertThrows(() => parseResult(JSON.stringify(value)), ErrorClass, message);
  }
});

Deno.test("parseResult() refuses text that is not JSON, such as half a file", () => {
  const half = resultBytes(RESULT).subarray(0, 100);
  assertThrows(() => parseResult(half), SyntaxError, "Cannot read result: it must be JSON");
});

Deno.test("parseResult() leaves room for rounding in the mean", () => {
  const [emd] = RESULT.quantities;
  const nudged = { ...RESULT, quantities: [{ ...emd, mean: emd.mean * (1 + 1e-15) }] };
  assertEquals(parseResult(JSON.stringify(nudged)).quantities[0].name, "median EMD");
});
