import { assertEquals, assertThrows } from "@std/assert";
import { type LabelledPairs, pairQuantities } from "../../../src/datasets/pairs/labelled_pairs.ts";

const PAIRS: LabelledPairs = {
  count: 2,
  x: new Float32Array(96),
  y: new Float32Array(96),
  emd: new Float64Array(2),
  first: new Uint32Array(2),
  second: new Uint32Array(2),
  split: new Uint8Array(2),
};

Deno.test("pairQuantities() names one column for each number of a pair", () => {
  const names = pairQuantities(PAIRS).flatMap(({ columns }) => columns);
  assertEquals(names.length, 2 * 48 + 4);
  assertEquals([names[0], names[47], names[48]], ["X_0", "X_47", "Y_0"]);
  assertEquals(names.slice(96), ["EMD", "FIRST", "SECOND", "SPLIT"]);
  const withGradient = pairQuantities({ ...PAIRS, gradient: new Float32Array(96) });
  assertEquals(withGradient.map(({ width }) => width), [48, 48, 1, 48, 1, 1, 1]);
});

Deno.test("pairQuantities() refuses arrays of another length", () => {
  const wrong = [["x", 95, 96], ["emd", 3, 2], ["gradient", 48, 96], ["split", 0, 2]] as const;
  for (const [name, length, wanted] of wrong) {
    const pairs = { ...PAIRS, [name]: new Float32Array(length) };
    const message = `${name} must have length ${wanted}, current length is ${length}`;
    assertThrows(() => pairQuantities(pairs), TypeError, message);
  }
});
