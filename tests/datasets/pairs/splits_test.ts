import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { splitWafers, type SplitWafersOptions } from "../../../src/datasets/pairs/splits.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import {
  type Charges,
  chargesOf,
  concatenateWafers,
  selectWafers,
  type WaferTable,
  waferTable,
} from "../../../src/datasets/wafer_table.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

const options = (seed: number, more: Partial<SplitWafersOptions> = {}): SplitWafersOptions => ({
  stream: new RandomStream(seed, "split"),
  ...more,
});

Deno.test("splitWafers() puts each wafer on one side, the share of them on the first", () => {
  const table = toyWafers("dense", 1000, 1);
  for (const [share, expected] of [[0.7, 700], [0.6, 600], [0.0005, 1]]) {
    const { train, validation, leftOut } = splitWafers(table, options(1, { share }));
    assertEquals([train.length, leftOut.length], [expected, 0]);
    const all = [...train, ...validation].sort((one, other) => one - other);
    assertEquals(all, [...Array(1000).keys()]);
    for (const side of [train, validation]) assertEquals(side, side.toSorted());
  }
  assertEquals(splitWafers(table, options(1)).train.length, 700);
});

Deno.test("splitWafers() chooses wafers at random, by the stream alone", () => {
  const table = toyWafers("dense", 1000, 1);
  const train = (seed: number) => splitWafers(table, options(seed)).train;
  assertEquals(train(7), train(7));
  assert(train(7).join() !== train(8).join());
  // The mean of 700 of the numbers 0 to 999 is 499.5 with a spread of 6.
  const mean = train(7).reduce((sum, wafer) => sum + wafer, 0) / 700;
  assertAlmostEquals(mean, 499.5, 25);
});

Deno.test("splitWafers() keeps copies of a wafer on one side, however scaled", () => {
  const distinct = toyWafers("shower", 60, 1);
  const stream = new RandomStream(1, "copies");
  const numbers = Array.from({ length: 300 }, () => stream.integer(60));
  const copies = selectWafers(distinct, numbers);
  // Scaled by anything from 1/400 to 400.
  const scales = numbers.map(() => Math.exp(2 * stream.normal()));
  const scaled = copies.charges.map((charge, i) => charge * scales[Math.floor(i / 48)]);
  for (const charges of [copies.charges, scaled, Float32Array.from(scaled)]) {
    const table: WaferTable<Charges> = waferTable(charges);
    const { train, validation, leftOut } = splitWafers(table, options(2));
    assertEquals([train.length + validation.length, leftOut.length], [300, 0]);
    assertAlmostEquals(train.length, 210, 10);
    for (const one of train) {
      for (const other of validation) {
        assert(numbers[one] !== numbers[other], `wafers ${one} and ${other} are the same`);
      }
    }
  }
});

Deno.test("splitWafers() by event keeps events together and leaves out known wafers", () => {
  const wafers = toyWafers("shower", 200, 1);
  const again = selectWafers(wafers, [...Array(100).keys()]);
  const { charges } = concatenateWafers([wafers, again]);
  const event = Float64Array.from({ length: 300 }, (_, wafer) => Math.floor(wafer / 10));
  const table = waferTable(charges, { event });
  const { train, validation, leftOut } = splitWafers(table, options(3, { by: "event" }));

  assertEquals(train.length, 210);
  const trained = new Set(Array.from(train, (wafer) => event[wafer]));
  assert([...validation, ...leftOut].every((wafer) => !trained.has(event[wafer])));
  const contents = new Set(Array.from(train, (wafer) => chargesOf(table, wafer).join()));
  assert(validation.every((wafer) => !contents.has(chargesOf(table, wafer).join())));
  assert(leftOut.every((wafer) => contents.has(chargesOf(table, wafer).join())));
  assert(leftOut.length > 10);
  assertEquals(train.length + validation.length + leftOut.length, 300);
});

Deno.test("splitWafers() takes texts as events", () => {
  const event = Array.from({ length: 20 }, (_, wafer) => wafer < 10 ? "run 1:7" : "run 2:7");
  const table = waferTable(toyWafers("dense", 20, 1).charges, { event });
  const { train } = splitWafers(table, options(1, { by: "event", share: 0.5 }));
  assert(train.length === 10 && new Set(Array.from(train, (wafer) => event[wafer])).size === 1);
});

Deno.test("splitWafers() refuses what cannot be split", () => {
  const table = toyWafers("dense", 10, 1);
  for (const share of [0, 1, -0.1, 70, NaN]) {
    assertThrows(
      () => splitWafers(table, options(1, { share })),
      RangeError,
      `current value is ${share}`,
    );
  }
  assertThrows(
    () => splitWafers(table, options(1, { by: "layer" as "event" })),
    RangeError,
    "current value is layer",
  );
  assertThrows(() => splitWafers(table, options(1, { by: "event" })), TypeError, "no column event");
  const event = new Float64Array(10).with(4, NaN);
  assertThrows(
    () => splitWafers(waferTable(table.charges, { event }), options(1, { by: "event" })),
    RangeError,
    "wafer 4 has no number",
  );
  const alike = waferTable(new Float64Array(10 * 48).fill(2));
  assertThrows(() => splitWafers(alike, options(1)), RangeError, "0 and 10 of 10 wafers");
  assertThrows(() => splitWafers(selectWafers(table, []), options(1)), RangeError, "0 and 0 of 0");
});
