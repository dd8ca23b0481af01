import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { codecsAt, codecSettingsAt } from "../../src/codecs/codecs_at.ts";
import { evaluateReconstruction } from "../../src/codecs/evaluate.ts";
import { BIT_BUDGETS, fitCodecs } from "../../src/codecs/fits.ts";
import { codec, type CodecName, type CodecOptions } from "../../src/codecs/registry.ts";
import type { Codec } from "../../src/codecs/types.ts";
import { concatenateWafers, readWafers, toyWafers } from "../../src/datasets/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { CELLS } from "../../src/wafer/mod.ts";
import { EDGE_WAFERS } from "../_support/edge_wafers.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../_support/skips.ts";

const everyCodec = BIT_BUDGETS.flatMap((budget) => codecsAt(budget));

Deno.test("every codec fits, and fills what it is given to a few bits", () => {
  const bits = BIT_BUDGETS.map((budget) => codecsAt(budget).map(({ bits }) => bits));
  bits.forEach((ofCodecs, b) => ofCodecs.forEach((n) => assert(n <= BIT_BUDGETS[b])));
  const [sqrtLevels, largestK, superCells, pca] = [0, 1, 2, 3].map((c) =>
    bits.map((all) => all[c])
  );
  assertEquals(sqrtLevels, [48, 77, 112, 144]);
  assertEquals([superCells, pca], [BIT_BUDGETS, BIT_BUDGETS]);
  largestK.forEach((n, b) => assert(n > BIT_BUDGETS[b] - 7));
});

Deno.test("settings are those of the codecs", () => {
  const settings = codecSettingsAt(80), codecs = codecsAt(80);
  assertEquals(settings.super_cells.levels, 25); // 25^12 < 2^56 < 26^12
  const wafers = toyWafers("shower", 20, 1).charges;
  for (const { name, encode } of codecs) {
    const again = codec(name as CodecName, settings[name as CodecName] as CodecOptions["pca"]);
    assertEquals(again.encode(wafers).join(), encode(wafers).join());
  }
});

Deno.test("more bits are nearer, for every codec", () => {
  const wafers = toyWafers("shower", 300, 2).charges;
  const median = ({ reconstruct }: Codec) =>
    evaluateReconstruction(wafers, reconstruct(wafers)).all.median;
  for (let c = 0; c < 4; c++) {
    const medians = BIT_BUDGETS.map((budget) => median(codecsAt(budget)[c]));
    assert(medians.every((m, b) => b === 0 || m < medians[b - 1]), `${medians}`);
  }
});

Deno.test("edge wafers come back as charge fractions, one by one as in a batch", () => {
  const wafers = Object.values(EDGE_WAFERS);
  const batch = new Float64Array(wafers.length * CELLS);
  wafers.forEach((wafer, b) => batch.set(wafer, b * CELLS));
  for (const { encode, decode, bytes } of everyCodec) {
    const codes = encode(batch);
    assertEquals(codes.length, wafers.length * bytes);
    wafers.forEach((wafer, b) => {
      assertEquals(encode(wafer).join(), codes.subarray(b * bytes, (b + 1) * bytes).join());
    });
    const decoded = decode(codes);
    for (let b = 0; b < wafers.length; b++) {
      const row = decoded.subarray(b * CELLS, (b + 1) * CELLS);
      assert(row.every((x) => x >= 0));
      assertAlmostEquals(row.reduce((a, b) => a + b), 1, 1e-12);
    }
  }
});

Deno.test("bits beyond those that are promised are zero, and nobody reads them", () => {
  const wafers = toyWafers("shower", 30, 3).charges;
  for (const { bits, bytes, encode, decode } of everyCodec) {
    const beyond = 2 ** (8 * bytes - bits) - 1, codes = encode(wafers);
    const disturbed = codes.map((byte, i) => i % bytes === bytes - 1 ? byte | beyond : byte);
    for (let i = bytes - 1; i < codes.length; i += bytes) assertEquals(codes[i] & beyond, 0);
    assertEquals(decode(disturbed).join(), decode(codes).join());
  }
});

Deno.test("any bits are a wafer, or refused", () => {
  const random = new RandomStream(7, "any bits");
  for (const { name, bytes, decode } of everyCodec) {
    let refused = 0;
    for (let trial = 0; trial < 50; trial++) {
      const codes = Uint8Array.from({ length: bytes }, () => random.integer(256));
      try {
        assertAlmostEquals(decode(codes).reduce((a, b) => a + b), 1, 1e-12);
      } catch (error) {
        assert(error instanceof RangeError && /^Cannot decode wafers/.test(error.message));
        refused++;
      }
    }
    assert(refused < 50, name);
  }
});

Deno.test("fewer bits than cells are refused", () => {
  for (const bits of [47, 80.5, NaN]) {
    assertThrows(() => codecsAt(bits), RangeError, `at least 48, current value is ${bits}`);
  }
});

testNeeding(
  [referenceData("wafers/dense.csv")],
  "on real wafers the codecs are as good as a prototype of them",
  async () => {
    const file = new URL("wafers/dense.csv", REFERENCE_DATA);
    const { charges } = concatenateWafers(await Array.fromAsync(readWafers(file)));
    // Every third wafer judges, the others are learnt from.
    const [judge, learn] = [[0], [1, 2]].map((rests) =>
      charges.filter((_, i) => rests.includes(Math.floor(i / CELLS) % 3))
    );
    const fits = fitCodecs(learn);
    const median = <N extends CodecName>(name: N, options: CodecOptions[N]) => {
      const { reconstruct } = codec(name, options);
      return evaluateReconstruction(judge, reconstruct(judge)).all.median;
    };
    // Medians of the prototype, on other wafers of the same kind.
    const levels = fits.sqrtLevels[6];
    assertAlmostEquals(median("sqrt_levels", { levels }), 0.205, 0.02);
    const spread = { levels: 4096, place: false };
    assertAlmostEquals(median("super_cells", spread), 1.213, 0.04);
    assertAlmostEquals(median("super_cells", { largestPart: 1 }), 0.512, 0.05);
    const sixteen = { coefficients: 16, bits: "float", model: fits.pca } as const;
    assertAlmostEquals(median("pca", sixteen), 1.419, 0.07);
    // Better than the prototype: an own code for no charge, and a level scale down to 1/128.
    const logarithmic = median("largest_k", { cells: 19, chargeBits: 5 });
    assert(logarithmic > 0.06 && logarithmic < 0.103, `${logarithmic}`);
    const six = median("largest_k", {
      cells: 6,
      chargeBits: 3,
      address: "combinatorial",
      rest: "drop",
    });
    assertAlmostEquals(six, 0.827, 0.08);
    const finest = median("largest_k", { cells: 17, chargeBits: 6, address: "combinatorial" });
    assertAlmostEquals(finest, 0.056, 0.02);
  },
);
