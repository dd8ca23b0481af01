import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { parseWaferCsv, type WaferCsvOptions } from "../../../src/datasets/formats/csv.ts";
import { formatWaferCsv } from "../../../src/datasets/formats/csv_format.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import {
  chargesOf,
  concatenateWafers,
  type WaferTable,
  waferTable,
} from "../../../src/datasets/wafer_table.ts";
import { TRAIN_TO_PAPER } from "../../../src/wafer/orders.ts";

const CELLS = Array.from({ length: 48 }, (_, cell) => `CALQ_${cell}`);
const ZEROS = Array(48).fill("0").join();

/** Bytes of a text in pieces of a given size. */
async function* pieces(bytes: Uint8Array, size = Infinity): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
  }
}

async function read(
  content: string | Uint8Array,
  options: WaferCsvOptions = {},
  size?: number,
): Promise<WaferTable[]> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return await Array.fromAsync(parseWaferCsv(pieces(bytes, size), { source: "a.csv", ...options }));
}

async function readOne(content: string, options: WaferCsvOptions = {}): Promise<WaferTable> {
  return concatenateWafers(await read(content, options));
}

async function refuses(
  content: string | Uint8Array,
  ErrorClass: typeof TypeError | typeof RangeError,
  message: string,
  options: WaferCsvOptions = {},
): Promise<void> {
  await assertRejects(() => read(content, options), ErrorClass, message);
}

Deno.test("parseWaferCsv() reads numbers as they are written", async () => {
  const charges = [..."0 1 27 5355 0.5 .25 1. 1e3 2.5E-3 +4  7 0001 123456789012345678".split(" ")];
  const fields = CELLS.map((_, cell) => charges[cell] || "0");
  const table = await readOne(`${CELLS}\n${fields}\n`);
  assertEquals(
    [...table.charges.subarray(0, charges.length)],
    [0, 1, 27, 5355, 0.5, 0.25, 1, 1000, 0.0025, 4, 0, 7, 1, 123456789012345680],
  );
});

Deno.test("parseWaferCsv() takes columns in any places", async () => {
  const cells = CELLS.toReversed();
  const header = [...cells.slice(0, 5), "eta", ...cells.slice(5), "type"];
  const row = [47, 46, 45, 44, 43, 1.7, ...CELLS.map((_, cell) => cell).toReversed().slice(5), "x"];
  const table = await readOne(`${header}\n${row}\n`);
  assertEquals(table.charges, Float64Array.from(CELLS.keys()));
  assertEquals(table.columns, { eta: Float64Array.of(1.7), type: ["x"] });
});

Deno.test("parseWaferCsv() puts columns in paper order into train order", async () => {
  const text = `${CELLS}\n${[...CELLS.keys()]}\n`;
  assertEquals((await readOne(text)).charges, Float64Array.from(CELLS.keys()));
  // CALQ_q holds q: a train cell then holds its paper number.
  assertEquals(
    (await readOne(text, { order: "paper" })).charges,
    Float64Array.from(TRAIN_TO_PAPER),
  );
});

Deno.test("parseWaferCsv() accepts a byte-order mark, CRLF and what stands at the end", async () => {
  const expected = await readOne(`${CELLS},eta\n${ZEROS},1.5\n`);
  for (
    const text of [
      `\ufeff${CELLS},eta\n${ZEROS},1.5\n`,
      `${CELLS},eta\r\n${ZEROS},1.5\r\n`,
      `${CELLS},eta\n${ZEROS},1.5`,
      `${CELLS},eta\r\n${ZEROS},1.5\r\n\r\n \n\n`,
      ` ${CELLS.join(" , ")} , eta \n${ZEROS.replaceAll(",", ", ")}, 1.5 \n`,
    ]
  ) {
    assertEquals(await readOne(text), expected);
  }
});

Deno.test("parseWaferCsv() gives the same wherever the bytes are cut", async () => {
  const names = ["Frühling, 1", 'the "second"', "日本", "😀"];
  const toy = toyWafers("shower", 4, 1);
  const table = waferTable(toy.charges.map((charge) => charge / 8), { "größe 😀": names });
  const bytes = new TextEncoder().encode("\ufeff" + formatWaferCsv(table).replaceAll("\n", "\r\n"));
  assertEquals(await read(bytes), [table]);
  for (const size of [1, 2, 3, 7, 64, 251]) {
    assertEquals(await read(bytes, {}, size), [table], `${size} bytes at a time`);
  }
});

Deno.test("parseWaferCsv() cuts a long file into tables and loses nothing", async () => {
  const toy = toyWafers("shower", 23, 2);
  const table = waferTable(toy.charges, { event: Float64Array.from({ length: 23 }, (_, i) => i) });
  const tables = await read(formatWaferCsv(table), { chunkRows: 10 });
  assertEquals(tables.map(({ count }) => count), [10, 10, 3]);
  assertEquals(concatenateWafers(tables), table);
  assertEquals((await read(formatWaferCsv(table), { chunkRows: 23 })).length, 1);
});

Deno.test("parseWaferCsv() delivers wafers before the end is known, and then stops asking", async () => {
  let asked = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode(`${CELLS}\n`);
    for (;;) {
      asked++;
      yield encoder.encode(`${ZEROS}\n`);
    }
  }
  for await (const table of parseWaferCsv(endless(), { chunkRows: 5 })) {
    assertEquals(table.count, 5);
    break;
  }
  assertEquals(asked, 5);
});

Deno.test("parseWaferCsv() reads from a stream and releases it", async () => {
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode(`${CELLS}\n${ZEROS}\n`)),
    cancel: () => {
      isCancelled = true;
    },
  });
  await assertRejects(
    () => Array.fromAsync(parseWaferCsv(stream)),
    TypeError,
    "Cannot read wafers from CSV: line 3: column CALQ_0",
  );
  assert(isCancelled);
});

Deno.test("parseWaferCsv() reads further columns as numbers or texts", async () => {
  const rows = ["1,a,,1,9007199254740993,nan", "-2.5,1,,x,2,inf", "1e3,,,2,3, 4 "];
  const text = `${CELLS},n,t,empty,mixed,large,odd\n` +
    rows.map((row) => `${ZEROS},${row}\n`).join("");
  assertEquals((await readOne(text)).columns, {
    n: Float64Array.of(1, -2.5, 1000),
    t: ["a", "1", ""],
    empty: Float64Array.of(NaN, NaN, NaN),
    mixed: ["1", "x", "2"],
    // As a number the first would become ...992.
    large: ["9007199254740993", "2", "3"],
    odd: Float64Array.of(NaN, Infinity, 4),
  });
  assertEquals((await readOne(text, { textColumns: ["n"] })).columns.n, ["1", "-2.5", "1e3"]);
});

Deno.test("parseWaferCsv() keeps a column's kind from table to table", async () => {
  const rows = ["a,1", "1,2", "2,3", "3,x"].map((row) => `${ZEROS},${row}\n`).join("");
  const text = `${CELLS},t,n\n${rows}`;
  const first = (await read(text, { chunkRows: 2, textColumns: ["n"] })).map((t) => t.columns);
  assertEquals(first, [{ t: ["a", "1"], n: ["1", "2"] }, { t: ["2", "3"], n: ["3", "x"] }]);
  await refuses(
    text,
    TypeError,
    "Cannot read wafers from a.csv: line 5: column n: a number is needed as in the lines before, " +
      'current value is "x"',
    { chunkRows: 2 },
  );
});

Deno.test("parseWaferCsv() reads the column without a name that pandas writes", async () => {
  const table = await readOne(`,${CELLS}\n0,${ZEROS}\n1,${ZEROS}\n`);
  assertEquals(table.columns, { "": Float64Array.of(0, 1) });
});

Deno.test("parseWaferCsv() keeps a column named __proto__", async () => {
  const { columns } = await readOne(`${CELLS},__proto__\n${ZEROS},5\n`);
  assertEquals(Object.entries(columns), [["__proto__", Float64Array.of(5)]]);
});

Deno.test("parseWaferCsv() refuses quotes that do not match", async () => {
  for (const field of ['"a', 'a"b', '"a"b', '"a\nb"']) {
    await refuses(
      `${CELLS},t\n${ZEROS},${field}\n`,
      TypeError,
      "Cannot read wafers from a.csv: line 2: a quote is not closed, or stands inside a field",
    );
  }
});

Deno.test("parseWaferCsv() says where a charge is wrong", async () => {
  const wrong = [
    ["abc", TypeError],
    ["", TypeError],
    ["0x10", TypeError],
    ["1_000", TypeError],
    ["1 2", TypeError],
    ["NaN", RangeError],
    ["inf", RangeError],
    ["-Infinity", RangeError],
    ["1e999", RangeError],
    ["-2", RangeError],
    ["-1e-9", RangeError],
  ] as const;
  for (const [field, ErrorClass] of wrong) {
    const row = [...CELLS.keys()].map((cell) => cell === 3 ? field : "0");
    await refuses(
      `${CELLS}\n${ZEROS}\n${row}\n${ZEROS}\n`,
      ErrorClass,
      "Cannot read wafers from a.csv: line 3: column CALQ_3: charge must be a finite number >= 0, " +
        `current value is "${field}"`,
    );
  }
});

Deno.test("parseWaferCsv() says which line has another number of fields", async () => {
  for (const [row, fields] of [[`${ZEROS},0`, 49], [ZEROS.slice(0, -2), 47], ["5", 1]] as const) {
    await refuses(
      `${CELLS}\r\n${ZEROS}\r\n${row}\r\n`,
      TypeError,
      "Cannot read wafers from a.csv: line 3: a line must have as many fields as the header, 48, " +
        `current number is ${fields}`,
    );
  }
});

Deno.test("parseWaferCsv() finds a file that was cut off", async () => {
  const text = formatWaferCsv(toyWafers("shower", 3, 3));
  const lastComma = text.lastIndexOf(",");
  await refuses(text.slice(0, lastComma), TypeError, "line 4");
  await refuses(text.slice(0, lastComma + 1), TypeError, "line 4: column CALQ_47");
});

Deno.test("parseWaferCsv() names columns that are missing or occur twice", async () => {
  const without = (...cells: number[]) => CELLS.filter((_, cell) => !cells.includes(cell));
  await refuses(`${without(47)}\n`, TypeError, "a.csv: line 1: column CALQ_47 missing");
  await refuses(`${without(3, 9)}\n`, TypeError, "a.csv: line 1: columns CALQ_3, CALQ_9 missing");
  await refuses(`${CELLS},eta,eta\n`, TypeError, 'a.csv: line 1: column "eta" occurs twice');
  await refuses(`${CELLS},CALQ_5\n`, TypeError, 'a.csv: line 1: column "CALQ_5" occurs twice');
  await refuses(`${CELLS.join(";")}\n`, TypeError, 'header begins with "CALQ_0;CALQ_1;CALQ_2;');
  await refuses(`${ZEROS}\n${ZEROS}\n`, TypeError, 'a.csv: line 1: column "0" occurs twice');
});

Deno.test("parseWaferCsv() refuses files without wafers", async () => {
  await refuses("", TypeError, "Cannot read wafers from a.csv: it is empty");
  await refuses("\n\n", TypeError, "Cannot read wafers from a.csv: it is empty");
  await refuses(`${CELLS}`, TypeError, "a.csv: it holds a header and no wafers");
  await refuses(`${CELLS}\n\n`, TypeError, "a.csv: it holds a header and no wafers");
});

Deno.test("parseWaferCsv() refuses blank lines between lines", async () => {
  const message = "the line is blank, and more lines follow";
  await refuses(`\n${CELLS}\n${ZEROS}\n`, TypeError, `line 1: ${message}`);
  await refuses(`${CELLS}\n${ZEROS}\n\n\n${ZEROS}\n`, TypeError, `line 3: ${message}`);
});

Deno.test("parseWaferCsv() refuses what is not text, or has no lines", async () => {
  const head = new TextEncoder().encode(`${CELLS}\n${ZEROS}\n`);
  const spoilt = Uint8Array.of(...head, 0xff, 0x0a);
  await refuses(spoilt, TypeError, "Cannot read wafers from a.csv: after line 0: the text is not");
  const cutCharacter = Uint8Array.of(...head, 0xf0, 0x9f);
  await refuses(cutCharacter, TypeError, "a.csv: after line 2: the text is not UTF-8");
  const endless = new Uint8Array(2 ** 20 + 1).fill(48);
  await refuses(endless, TypeError, "a.csv: line 1: the line is longer than 1048576 characters");
});

Deno.test("parseWaferCsv() refuses options without meaning at once", () => {
  assertThrows(
    () => parseWaferCsv(pieces(new Uint8Array()), { order: "q" as "paper" }),
    RangeError,
    "order must be train or paper, current value is q",
  );
  for (const chunkRows of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(
      () => parseWaferCsv(pieces(new Uint8Array()), { chunkRows }),
      RangeError,
      `chunkRows must be an integer >= 1, current value is ${chunkRows}`,
    );
  }
});

Deno.test("parseWaferCsv() tables do not share memory", async () => {
  const tables = await read(`${CELLS}\n${ZEROS}\n${ZEROS}\n`, { chunkRows: 1 });
  chargesOf(tables[0], 0).fill(9);
  assertEquals(tables[1].charges, new Float64Array(48));
});

const RAW_CELLS = CELLS.map((name) => name.replace("CALQ", "TC_DATA"));

Deno.test("parseWaferCsv() reads raw charges where all 48 columns are there", async () => {
  const header = [...RAW_CELLS.toReversed(), "eta", ...CELLS];
  const raw = [...CELLS.keys()].map((cell) => 100 + cell);
  const text = `${header}\n${[...raw.toReversed(), 1.7, ...CELLS.keys()]}\n`;
  const table = await readOne(text);
  assertEquals(table.charges, Float64Array.from(CELLS.keys()));
  assertEquals(table.rawCharges, Float64Array.from(raw));
  assertEquals(Object.keys(table.columns), ["eta"]);
  assertEquals(
    (await readOne(text, { order: "paper" })).rawCharges,
    Float64Array.from(TRAIN_TO_PAPER, (q) => 100 + q),
  );
  await refuses(
    `${CELLS},${RAW_CELLS.slice(1)}\n`,
    TypeError,
    "a.csv: line 1: column TC_DATA_0 missing",
  );
  await refuses(
    `${CELLS},${RAW_CELLS}\n${ZEROS},${ZEROS.slice(0, -1)}-1\n`,
    RangeError,
    "a.csv: line 2: column TC_DATA_47: charge must be a finite number >= 0",
  );
});

Deno.test("parseWaferCsv() never splits an event", async () => {
  const events = [3, 3, 3, 1, 1, 7, 8, 9, 9, 9, 9, 9, 4];
  const text = `${CELLS},event\n` + events.map((event) => `${ZEROS},${event}\n`).join("");
  for (
    const [chunkRows, counts] of [[1, [3, 2, 1, 1, 5, 1]], [4, [5, 7, 1]], [13, [13]]] as const
  ) {
    const tables = await read(text, { chunkRows });
    assertEquals(tables.map(({ count }) => count), [...counts]);
    assertEquals([...concatenateWafers(tables).columns.event], events);
  }
});

Deno.test("parseWaferCsv() names line and event where an event is taken up again", async () => {
  const events = [3, 3, 1, 3];
  const text = `${CELLS},event\n` + events.map((event) => `${ZEROS},${event}\n`).join("");
  for (const chunkRows of [1, 2, 100]) {
    await refuses(
      text,
      TypeError,
      "Cannot read wafers from a.csv: line 5: the wafers of an event must follow each other, " +
        "event 3 was met before other events",
      { chunkRows },
    );
  }
});
