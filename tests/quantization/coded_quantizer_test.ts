import { assertEquals, assertThrows } from "@std/assert";
import { codedQuantizer, type Coding } from "../../src/quantization/coded_quantizer.ts";
import { testQuantizer } from "./_properties.ts";

/** Odd thirds: codes -3, -1, 1, 3 of step 1/3. */
const coding: Coding = {
  text: "odd thirds",
  low: -3,
  high: 3,
  step: 1 / 3,
  codeOf: (x) => Math.min(Math.max(2 * Math.floor(1.5 * x) + 1, -3), 3),
  slopeOf: (x) => x,
  isGap: (code) => code % 2 === 0,
};

testQuantizer(codedQuantizer(coding), { idempotent: false });

Deno.test("codedQuantizer() derives values, ends and table from the codes", () => {
  const quantizer = codedQuantizer(coding);
  assertEquals([...quantizer.codes()], [-3, -1, 1, 3]);
  assertEquals([quantizer.min, quantizer.max], [-1, 1]);
  assertEquals([...quantizer.apply([-0.1, 5])], [Math.fround(-1 / 3), 1]);
  assertEquals([...quantizer.gradient([0.5, 2])], [0.5, 2]);
  assertThrows(
    () => quantizer.decode([1, 2]),
    RangeError,
    "Cannot decode value 1 by odd thirds: must be a code in [-3, 3], current value is 2",
  );
});

Deno.test("codedQuantizer() takes values from codeValue where they are not multiples", () => {
  const squares = codedQuantizer({ ...coding, step: NaN, codeValue: (code) => code ** 3 });
  assertEquals([...squares.decode(squares.codes())], [-27, -1, 1, 27]);
});

Deno.test("codedQuantizer() gives float32 numbers to the coding and never minus zero", () => {
  const seen: number[] = [];
  const { apply } = codedQuantizer({
    ...coding,
    codeOf(x) {
      seen.push(x);
      return -0;
    },
  });
  assertEquals([...apply([0.1])], [0]);
  assertEquals(seen, [Math.fround(0.1)]);
});
