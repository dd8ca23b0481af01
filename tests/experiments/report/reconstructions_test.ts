import { assertEquals, assertThrows } from "@std/assert";
import {
  parseReconstructions,
  type Reconstructions,
} from "../../../src/experiments/report/reconstructions.ts";

const EVEN = Array<number>(48).fill(1 / 48);
const FILE: Reconstructions = {
  order: "train",
  wafers: [EVEN, EVEN],
  reconstructions: { exact_emd: [EVEN, EVEN] },
  emd: { exact_emd: [0, 0.5] },
};

Deno.test("parseReconstructions() reads what was written, as text or bytes", () => {
  const text = JSON.stringify(FILE);
  assertEquals(parseReconstructions(text), FILE);
  assertEquals(parseReconstructions(new TextEncoder().encode(text)), FILE);
});

Deno.test("parseReconstructions() says what is wrong, and where", () => {
  const wrong = (change: Record<string, unknown>) => () =>
    parseReconstructions(JSON.stringify({ ...FILE, ...change }));
  assertThrows(wrong({ order: "paper" }), RangeError, "current value is paper");
  assertThrows(wrong({ emd: {} }), TypeError, "emd of exact_emd must be an array");
  assertThrows(wrong({ emd: { exact_emd: [1] } }), TypeError, "must have 2 entries");
  assertThrows(wrong({ wafers: [EVEN, [1, 2]] }), TypeError, "wafers[1] must have 48 entries");
  assertThrows(
    warped(47, -1),
    RangeError,
    "reconstructions of exact_emd[1][47] must be >= 0, current value is -1",
  );
  assertThrows(warped(0, null), TypeError, "[1][0] must be a number, current value is null");
  assertThrows(wrong({ wafers: [EVEN, EVEN.map(() => 0)] }), RangeError, "[1] must have charge");
  assertThrows(() => parseReconstructions("{"), SyntaxError);

  function warped(cell: number, value: unknown) {
    return wrong({ reconstructions: { exact_emd: [EVEN, EVEN.with(cell, value as number)] } });
  }
});
