import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import { parseWaferCsv } from "../../../src/datasets/formats/csv.ts";
import { formatWaferCsv, waferCsvPieces } from "../../../src/datasets/formats/csv_format.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import {
  concatenateWafers,
  selectWafers,
  type WaferTable,
  waferTable,
} from "../../../src/datasets/wafer_table.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

async function readBack(text: string): Promise<WaferTable> {
  return concatenateWafers(await Array.fromAsync(parseWaferCsv(new Blob([text]).stream())));
}

Deno.test("formatWaferCsv() agrees with another CSV reader", () => {
  const toy = toyWafers("shower", 3, 1);
  const table = waferTable(toy.charges, { 'a "b", c': ["x", "y,z", 'say "so"'] });
  const records = parse(formatWaferCsv(table), { skipFirstRow: true });
  assertEquals(records.map((record) => record['a "b", c']), ["x", "y,z", 'say "so"']);
  assertEquals(
    records.flatMap((record) => Array.from({ length: 48 }, (_, q) => Number(record[`CALQ_${q}`]))),
    [...toy.charges],
  );
});

Deno.test("formatWaferCsv() is read back to the last bit", async () => {
  const stream = new RandomStream(1, "test");
  const charges = Float64Array.from(
    { length: 480 },
    () => Math.exp(20 * stream.normal()) * (stream.integer(2)),
  );
  charges[0] = Number.MIN_VALUE;
  charges[1] = Number.MAX_VALUE;
  const table = waferTable(charges, {
    value: Float64Array.from({ length: 10 }, () => stream.normal()),
    special: Float64Array.of(NaN, Infinity, -Infinity, 2 ** 53 - 1, 1e300, 0, 1, 2, 3, 4),
    text: Array.from({ length: 10 }, (_, k) => `é "${k}", `),
  });
  assertEquals(await readBack(formatWaferCsv(table)), table);
});

Deno.test("formatWaferCsv() refuses what could not be read back", () => {
  const charges = new Float64Array(48);
  assertThrows(
    () => formatWaferCsv(waferTable(charges, { t: ["a\nb"] })),
    TypeError,
    'a text must not hold a line end or half a surrogate pair, current value is "a\\nb"',
  );
  assertThrows(
    () => formatWaferCsv(waferTable(charges, { CALQ_7: ["1"] })),
    TypeError,
    "column CALQ_7 has the name of a column of charges",
  );
  const table = waferTable(charges);
  charges[4] = -1;
  assertThrows(() => formatWaferCsv(table), RangeError, "wafer 0: charge of cell 4");
});

Deno.test("waferCsvPieces() joins tables under one header", async () => {
  const toy = toyWafers("shower", 9000, 1);
  const index = Float64Array.from({ length: 9000 }, (_, i) => i);
  const whole = waferTable(toy.charges, { index, twice: index.map((i) => 2 * i) });
  const { index: first, twice } = selectWafers(whole, [3, 4]).columns;
  // The same columns in another order.
  const part = waferTable(selectWafers(whole, [3, 4]).charges, { twice, index: first });
  const pieces = await Array.fromAsync(waferCsvPieces([whole, part]));
  assertEquals(pieces.length, 1 + 3 + 1);
  assertEquals(await readBack(pieces.join("")), concatenateWafers([whole, part]));
});

Deno.test("waferCsvPieces() refuses tables of unlike columns", async () => {
  const charges = new Float64Array(48);
  await assertRejects(
    () => Array.fromAsync(waferCsvPieces([waferTable(charges), waferTable(charges, { t: ["a"] })])),
    TypeError,
    'Cannot write a table of wafers: its columns must be [], current columns are ["t": texts]',
  );
});

Deno.test("formatWaferCsv() writes raw charges and brings them back", async () => {
  const { charges } = toyWafers("shower", 5, 1);
  const raw = charges.map((charge) => charge / 3);
  const table = waferTable(charges, { event: Float64Array.of(2, 2, 5, 5, 1) }, raw);
  const text = formatWaferCsv(table);
  assertEquals(text.slice(0, text.indexOf("\n")).split(",").slice(47, 50), [
    "CALQ_47",
    "TC_DATA_0",
    "TC_DATA_1",
  ]);
  assertEquals(await readBack(text), table);
});

Deno.test("formatWaferCsv() refuses events that are taken up again", async () => {
  const table = waferTable(new Float64Array(144), { event: Float64Array.of(1, 2, 1) });
  const message = "Cannot write wafers: row 2: the wafers of an event must follow each other";
  assertThrows(() => formatWaferCsv(table), TypeError, message);
  const tables = [selectWafers(table, [0, 1]), selectWafers(table, [2])];
  await assertRejects(() => Array.fromAsync(waferCsvPieces(tables)), TypeError, message);
});
