import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { CODE_COLUMNS, codesToWafers, waferCodes } from "../../../scripts/std/code_tables.ts";
import { toyWafers, waferTable } from "../../../src/datasets/mod.ts";
import { waferConditions } from "../../../src/models/autoencoder/conditions.ts";
import { loadEconAutoencoder } from "../../../src/models/autoencoder/load_autoencoder.ts";
import { econFormats, integerEncoder } from "../../../src/models/inference/mod.ts";
import { randomAutoencoder } from "../../models/autoencoder/_stored.ts";

/** 30 showers with an eta and a kind, the third one without charge. */
const WAFERS = (() => {
  const charges = toyWafers("shower", 30, 1).charges.map((charge) => Math.round(20 * charge));
  charges.fill(0, 96, 144);
  const eta = Float64Array.from({ length: 30 }, (_, k) => 1.5 + k / 30);
  return waferTable(charges, { eta, kind: new Array(30).fill("photon") });
})();
const CHARGED = WAFERS.charges.slice(144);

for (const latentBits of [3, 9]) {
  Deno.test(`codes of ${latentBits} bits are integers: those of the integer encoder`, async () => {
    const stored = randomAutoencoder(1, { formats: econFormats({ latentBits }) });
    const autoencoder = await loadEconAutoencoder(stored);
    const emulated = waferCodes(autoencoder, { integer: false })(WAFERS);
    assertEquals(waferCodes(autoencoder, { integer: true })(WAFERS), emulated);
    const expected = integerEncoder(autoencoder.encoder).encode(CHARGED);
    CODE_COLUMNS.forEach((name, k) => {
      const codes = emulated.columns[name] as Float64Array;
      assertEquals([...codes.slice(3)], [...expected].filter((_, i) => i % 16 === k));
      assertEquals(codes[2], 0, "of the wafer without charge");
    });
    const sums = emulated.columns.CALQ_SUM as Float64Array;
    assertEquals(sums[5], WAFERS.charges.subarray(240, 288).reduce((a, b) => a + b));
    assertEquals(emulated.columns.eta, WAFERS.columns.eta);
    assertEquals(emulated.columns.kind, WAFERS.columns.kind);
  });
}

const ARCHITECTURES = {
  "a quantised network": {},
  "a float network": { formats: "float" },
  "a decoder that is told eta and total": { conditions: ["total", "eta"] },
} as const;

for (const [name, architecture] of Object.entries(ARCHITECTURES)) {
  Deno.test(`${name}: what comes back is its reconstruction, with the wafers' sums`, async () => {
    const autoencoder = await loadEconAutoencoder(randomAutoencoder(2, architecture));
    const codes = waferCodes(autoencoder, { integer: false })(WAFERS);
    const decoded = codesToWafers(autoencoder, "codes")(codes, 0);
    assertEquals(decoded.columns, WAFERS.columns);
    const charged = waferTable(CHARGED, { eta: WAFERS.columns.eta.slice(3) as Float64Array });
    const known = waferConditions(charged, autoencoder.architecture.conditions);
    const expected = autoencoder.reconstruct(CHARGED, known);
    const sums = codes.columns.CALQ_SUM as Float64Array;
    for (let k = 0; k < expected.length; k++) {
      const sum = sums[3 + Math.floor(k / 48)];
      assertAlmostEquals(decoded.charges[144 + k], sum * expected[k], 1e-6 * sum);
    }
    assert(decoded.charges.subarray(96, 144).every((charge) => charge === 0));
  });
}

Deno.test("without sums, charges are fractions", async () => {
  const autoencoder = await loadEconAutoencoder(randomAutoencoder(3));
  const { count, columns } = waferCodes(autoencoder, { integer: false })(WAFERS);
  const { CALQ_SUM: _, ...rest } = columns;
  const { charges } = codesToWafers(autoencoder, "codes")({ count, columns: rest }, 0);
  assertAlmostEquals(charges.subarray(480, 528).reduce((a, b) => a + b), 1, 1e-6);
});

Deno.test("codes that are none are refused, with their row", async () => {
  const autoencoder = await loadEconAutoencoder(randomAutoencoder(4, { conditions: ["total"] }));
  const table = waferCodes(autoencoder, { integer: false })(WAFERS);
  const decode = (columns: Record<string, Float64Array | readonly string[]>) =>
    codesToWafers(autoencoder, "a.csv")(
      { count: 30, columns: { ...table.columns, ...columns } },
      100,
    );
  const wrong = (name: string, value: number) => ({
    [name]: (table.columns[name] as Float64Array).with(7, value),
  });
  for (const code of [512, -1, 0.5, NaN]) {
    assertThrows(
      () => decode(wrong("CODE_3", code)),
      RangeError,
      "Cannot decode codes of a.csv: row 107: CODE_3 must be an integer from 0 to 511, " +
        `current value is ${code}`,
    );
  }
  assertThrows(
    () => decode(wrong("CALQ_SUM", -2)),
    RangeError,
    "row 107: CALQ_SUM must be a finite",
  );
  const texts = { CODE_0: new Array(30).fill("1") };
  assertThrows(() => decode(texts), TypeError, "numbers are needed in column CODE_0");
  const { CALQ_SUM: _, ...rest } = table.columns;
  assertThrows(
    () => codesToWafers(autoencoder, "a.csv")({ count: 30, columns: rest }, 0),
    TypeError,
    "there is no column CALQ_SUM",
  );
  const { CODE_9: __, ...without } = table.columns;
  assertThrows(
    () => codesToWafers(autoencoder, "a.csv")({ count: 30, columns: without }, 0),
    TypeError,
    "there is no column CODE_9",
  );
});

Deno.test("wafers that have codes already, and integers of a float encoder, are refused", async () => {
  const float = await loadEconAutoencoder(randomAutoencoder(5, { formats: "float" }));
  assertThrows(() => waferCodes(float, { integer: true }), TypeError, "formats");
  for (const name of ["CODE_15", "CALQ_SUM"]) {
    const table = { ...WAFERS, columns: { [name]: new Float64Array(30) } };
    const encode = waferCodes(float, { integer: false });
    assertThrows(() => encode(table), TypeError, `there is a column ${name} already`);
  }
});
