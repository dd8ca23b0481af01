import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  concatenateWafers,
  selectWafers,
  type WaferTable,
  waferTable,
} from "../../../src/datasets/wafer_table.ts";
import { EventOrder, wholeEvents } from "../../../src/datasets/formats/whole_events.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

const at = (row: number) => `Cannot test: row ${row}`;

/** Wafers of these events; charges and raw charges tell the wafers apart. */
function tableOf(event: readonly number[] | readonly string[]): WaferTable {
  const charges = Float64Array.from({ length: event.length * 48 }, (_, i) => i);
  const column = typeof event[0] === "string"
    ? event as string[]
    : Float64Array.from(event as number[]);
  return waferTable(charges, { event: column }, charges.map((charge) => 2 * charge));
}

/** A table cut at random places; some of the parts are empty. */
function* cut(table: WaferTable, stream: RandomStream): Generator<WaferTable> {
  for (let start = 0; start < table.count;) {
    const end = Math.min(table.count, start + stream.integer(5));
    yield selectWafers(table, Array.from({ length: end - start }, (_, k) => start + k));
    start = end;
  }
}

Deno.test("wholeEvents() gives the same however the tables were cut", async () => {
  const stream = new RandomStream(1, "whole events");
  for (let round = 0; round < 30; round++) {
    const event = Array.from({ length: 12 }, (_, k) => Array(1 + stream.integer(6)).fill(97 - k));
    const table = tableOf(event.flat());
    for (const rows of [1, 3, 10, 1000]) {
      const whole = await Array.fromAsync(wholeEvents([table], { rows, at }));
      const again = await Array.fromAsync(wholeEvents(cut(table, stream), { rows, at }));
      assertEquals(again, whole);
      assertEquals(concatenateWafers(whole), table);
      for (const [k, part] of whole.entries()) {
        const last = (part.columns.event as Float64Array).at(-1);
        if (k + 1 < whole.length) {
          assert(part.count >= rows);
          // No more events than are needed.
          assert((part.columns.event as Float64Array).indexOf(last!) < rows);
          assert(whole[k + 1].columns.event[0] !== last);
        }
      }
    }
  }
});

Deno.test("wholeEvents() without events cuts at the very row, and does not wait", async () => {
  let asked = 0;
  function* source(): Generator<WaferTable> {
    for (;;) {
      asked++;
      yield waferTable(new Float64Array(3 * 48));
    }
  }
  const counts: number[] = [];
  for await (const { count } of wholeEvents(source(), { rows: 4, at })) {
    counts.push(count);
    if (counts.length === 3) break;
  }
  assertEquals(counts, [4, 4, 4]);
  assertEquals(asked, 4);
  assertEquals(await Array.fromAsync(wholeEvents([], { rows: 4, at })), []);
});

Deno.test("wholeEvents() names row and event where an event is taken up again", async () => {
  const tables = [tableOf([5, 5]), tableOf([6]), tableOf([6, 5])];
  await assertRejects(
    () => Array.fromAsync(wholeEvents(tables, { rows: 2, at })),
    TypeError,
    "Cannot test: row 4: the wafers of an event must follow each other, " +
      "event 5 was met before other events",
  );
});

Deno.test("wholeEvents() takes texts as events, and missing numbers as one event", async () => {
  const texts = await Array.fromAsync(wholeEvents([tableOf(["a", "a", "b"])], { rows: 1, at }));
  assertEquals(texts.map(({ count }) => count), [2, 1]);
  const missing = await Array.fromAsync(
    wholeEvents([tableOf([NaN]), tableOf([NaN, 1])], { rows: 1, at }),
  );
  assertEquals(missing.map(({ count }) => count), [2, 1]);
});

Deno.test("EventOrder counts events over tables", () => {
  const order = new EventOrder(at);
  order.add(waferTable(new Float64Array(48)));
  assertEquals(order.events, 0);
  order.add(tableOf([1, 1, 2]));
  order.add(tableOf([2, 3]));
  assertEquals(order.events, 3);
  assertThrows(() => order.add(tableOf([4, 1])), TypeError, "Cannot test: row 7");
});
