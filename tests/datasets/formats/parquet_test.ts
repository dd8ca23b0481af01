import { parquetWriteBuffer } from "npm:hyparquet-writer@0.17.0";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  readWaferParquet,
  type WaferParquetOptions,
} from "../../../src/datasets/formats/parquet.ts";
import { waferParquetPieces } from "../../../src/datasets/formats/parquet_format.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import {
  concatenateWafers,
  type WaferTable,
  waferTable,
} from "../../../src/datasets/wafer_table.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { toPaperOrder } from "../../../src/wafer/orders.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

/** Written by pyarrow 25.0.1 (`pyarrow.parquet.write_table`, row_group_size=3). */
const PYARROW = new URL("fixtures/pyarrow.parquet", import.meta.url);

async function fileOf(table: WaferTable, rowGroupRows = 16384): Promise<ArrayBuffer> {
  const pieces = await Array.fromAsync(waferParquetPieces([table], { rowGroupRows }));
  return await new Blob(pieces).arrayBuffer();
}

async function read(file: ArrayBuffer, options: WaferParquetOptions = {}): Promise<WaferTable[]> {
  return await Array.fromAsync(readWaferParquet(file, { source: "a.parquet", ...options }));
}

type Columns = Parameters<typeof parquetWriteBuffer>[0]["columnData"];

/** A file of two wafers, with some columns replaced, added or (by null) left out. */
function foreign(changes: Record<string, Partial<Columns[number]> | null>): ArrayBuffer {
  const names = Array.from({ length: 48 }, (_, cell) => `CALQ_${cell}`);
  for (const name of Object.keys(changes)) if (!names.includes(name)) names.push(name);
  const columnData = names.filter((name) => changes[name] !== null)
    .map((name) => ({ name, data: Int32Array.of(1, 2), ...changes[name] }));
  return parquetWriteBuffer({ columnData });
}

async function refuses(
  file: ArrayBuffer,
  ErrorClass: typeof TypeError | typeof RangeError,
  message: string,
): Promise<void> {
  await assertRejects(
    () => read(file),
    ErrorClass,
    `Cannot read wafers from a.parquet: ${message}`,
  );
}

Deno.test("readWaferParquet() brings everything back to the last bit", async () => {
  const stream = new RandomStream(1, "test");
  const charges = Float64Array.from(
    { length: 480 },
    () => Math.exp(20 * stream.normal()) * stream.integer(2),
  );
  charges[0] = Number.MIN_VALUE;
  charges[1] = Number.MAX_VALUE;
  const columns = {
    event: Float64Array.of(5, 5, 5, 2, 2, 2, 2, 9, 9, 7),
    value: Float64Array.from({ length: 10 }, () => stream.normal()),
    special: Float64Array.of(NaN, Infinity, -Infinity, 2 ** 53 - 1, 1e300, 0, 1, 2, 3, 4),
    none: new Float64Array(10).fill(NaN),
    text: Array.from({ length: 10 }, (_, k) => k % 4 ? `é 😀 "${k}",\n` : ""),
  };
  for (const raw of [undefined, charges.map((charge) => charge / 4)]) {
    const table = waferTable(charges, columns, raw);
    for (const rowGroupRows of [1, 4, 100]) {
      for (const chunkRows of [1, 3, 100]) {
        const tables = await read(await fileOf(table, rowGroupRows), { chunkRows });
        assertEquals(concatenateWafers(tables), table);
      }
    }
  }
  const one = waferTable(toyWafers("shower", 1, 1).charges);
  assertEquals(await read(await fileOf(one)), [one]);
});

Deno.test("readWaferParquet() joins an event that row groups of another program split", async () => {
  const data = Int32Array.of(1, 1, 2, 2, 2, 3);
  const names = Array.from({ length: 48 }, (_, cell) => `CALQ_${cell}`);
  const file = parquetWriteBuffer({
    columnData: [...names, "event"].map((name) => ({ name, data })),
    rowGroupSize: 3,
  });
  assertEquals((await read(file, { chunkRows: 1 })).map(({ count }) => count), [2, 3, 1]);
  assertEquals((await read(file, { chunkRows: 3 })).map(({ count }) => count), [5, 1]);
});

Deno.test("readWaferParquet() puts paper order into train order", async () => {
  const { charges } = toyWafers("shower", 2, 1);
  const file = await fileOf(waferTable(toPaperOrder(charges), {}, toPaperOrder(charges)));
  assertEquals(await read(file, { order: "paper" }), [waferTable(charges, {}, charges)]);
});

Deno.test("readWaferParquet() reads numbers and texts of other programs", async () => {
  const file = foreign({
    CALQ_0: { data: BigInt64Array.of(5n, 6n) },
    CALQ_1: { data: Float32Array.of(0.5, 1.5) },
    event: { data: BigInt64Array.of(-3n, 4n) },
    eta: { data: [1.5, null], type: "DOUBLE" },
    kind: { data: ["é", null], type: "STRING" },
  });
  const [table] = await read(file);
  assertEquals([table.charges[0], table.charges[48], table.charges[49]], [5, 6, 1.5]);
  assertEquals(table.columns, {
    event: Float64Array.of(-3, 4),
    eta: Float64Array.of(1.5, NaN),
    kind: ["é", ""],
  });
});

testNeeding(
  [permission({ name: "read", path: PYARROW })],
  "readWaferParquet() reads what pyarrow wrote",
  async () => {
    const bytes = await Deno.readFile(PYARROW);
    const tables = await read(bytes.buffer, { chunkRows: 1 });
    assertEquals(tables.map(({ count }) => count), [2, 3]);
    const { charges, columns } = concatenateWafers(tables);
    assertEquals(
      charges,
      Float64Array.from(
        { length: 5 * 48 },
        (_, i) => (7 * Math.floor(i / 48) + 3 * (i % 48)) % 50,
      ),
    );
    assertEquals(columns, {
      event: Float64Array.of(0, 0, 1, 1, 1),
      eta: Float64Array.of(1.5, NaN, 2.25, NaN, -3),
      gen_kind: ["photon", "électron", "", "😀", ""],
    });
  },
);

Deno.test("readWaferParquet() names row and column of what is wrong", async () => {
  await refuses(foreign({ CALQ_47: null }), TypeError, "column CALQ_47 missing");
  await refuses(foreign({ TC_DATA_0: {} }), TypeError, "columns TC_DATA_1, TC_DATA_2");
  await refuses(
    foreign({ CALQ_5: { data: ["1", "2"], type: "STRING" } }),
    TypeError,
    "column CALQ_5: charges must be numbers, current type is texts",
  );
  for (const bad of [NaN, -2, Infinity]) {
    await refuses(
      foreign({ CALQ_5: { data: Float64Array.of(1, bad) } }),
      RangeError,
      `row 1: column CALQ_5: charge must be a finite number >= 0, current value is ${bad}`,
    );
  }
  await refuses(
    foreign({ CALQ_5: { data: [null, 1], type: "DOUBLE" } }),
    RangeError,
    "row 0: column CALQ_5: charge must be a finite number >= 0, current value is missing",
  );
  await refuses(
    foreign({ event: { data: BigInt64Array.of(1n, 2n ** 53n) } }),
    RangeError,
    "row 1: column event: integers must lie within +-(2^53 - 1), current value is 9007199254740992",
  );
  for (
    const [type, data] of [
      ["BOOLEAN", [true, false]],
      ["TIMESTAMP", [new Date(0), new Date(1)]],
      ["JSON", [{}, {}]],
    ] as const
  ) {
    await refuses(
      foreign({ odd: { type, data: [...data] } }),
      TypeError,
      "column odd: numbers or texts are needed, current type is ",
    );
  }
});

Deno.test("readWaferParquet() names row and event where an event is taken up again", async () => {
  const charges = new Float64Array(3 * 48);
  const file = await fileOf(waferTable(charges, { entry: Float64Array.of(1, 2, 1) }));
  const bytes = new Uint8Array(file);
  // The writer refuses such wafers: rename the column in the finished file.
  const from = new TextEncoder().encode("entry"), to = new TextEncoder().encode("event");
  for (let k = 0; k < bytes.length; k++) {
    if (from.every((byte, i) => bytes[k + i] === byte)) bytes.set(to, k);
  }
  await refuses(file, TypeError, "row 2: the wafers of an event must follow each other, event 1");
});

Deno.test("readWaferParquet() refuses a file that was cut off, at any length", async () => {
  const file = await fileOf(toyWafers("shower", 5, 1), 2);
  for (let length = 0; length < file.byteLength; length += length < 20 ? 1 : 97) {
    await refuses(file.slice(0, length), TypeError, "it is not a whole Parquet file");
  }
  await refuses(file.slice(0, -1), TypeError, "it is not a whole Parquet file");
});

Deno.test("readWaferParquet() says where pages are damaged", async () => {
  const file = await fileOf(toyWafers("shower", 5, 1), 2);
  new Uint8Array(file).fill(0xff, 4, 40);
  await refuses(file, TypeError, "rows 0 to 1: column CALQ_0 is damaged");
});

Deno.test("readWaferParquet() refuses damaged files with an error that names them", async () => {
  // Any byte may be wrong: either the wafers are still possible ones, or the error names the file.
  const whole = await fileOf(toyWafers("shower", 4, 1));
  const stream = new RandomStream(3, "damage");
  let refused = 0;
  for (let round = 0; round < 300; round++) {
    const file = whole.slice();
    new Uint8Array(file)[stream.integer(file.byteLength)] ^= 1 + stream.integer(255);
    try {
      await read(file);
    } catch (error) {
      refused++;
      assert(
        error instanceof Error && error.message.startsWith("Cannot read wafers from a.parquet: "),
        `${error}`,
      );
    }
  }
  assert(refused > 30, `${refused} of 300`);
});

Deno.test("readWaferParquet() refuses files without wafers", async () => {
  const none = parquetWriteBuffer({
    columnData: Array.from(
      { length: 48 },
      (_, cell) => ({ name: `CALQ_${cell}`, data: [], type: "INT32" as const }),
    ),
  });
  await refuses(none, TypeError, "it holds no wafers");
});

Deno.test("readWaferParquet() refuses options without meaning at once", () => {
  assertThrows(
    () => readWaferParquet(new ArrayBuffer(0), { chunkRows: 0 }),
    RangeError,
    "chunkRows",
  );
});
