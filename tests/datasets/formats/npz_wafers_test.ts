import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { NpyArray } from "../../../src/datasets/formats/npy.ts";
import { npzBytes, parseNpz } from "../../../src/datasets/formats/npz.ts";
import {
  formatWaferNpz,
  readWaferNpz,
  type WaferNpzOptions,
} from "../../../src/datasets/formats/npz_wafers.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import {
  concatenateWafers,
  type WaferTable,
  waferTable,
} from "../../../src/datasets/wafer_table.ts";
import { toPaperOrder } from "../../../src/wafer/orders.ts";

async function read(bytes: Uint8Array, options: WaferNpzOptions = {}): Promise<WaferTable[]> {
  return await Array.fromAsync(readWaferNpz(bytes, { source: "a.npz", ...options }));
}

async function refuses(
  arrays: Record<string, NpyArray>,
  ErrorClass: typeof TypeError | typeof RangeError,
  message: string,
): Promise<void> {
  const bytes = npzBytes(arrays);
  await assertRejects(() => read(bytes), ErrorClass, `Cannot read wafers from a.npz: ${message}`);
}

const zeros = (wafers: number, cells = 48): NpyArray => ({
  data: new Float64Array(wafers * cells),
  shape: [wafers, cells],
});

Deno.test("formatWaferNpz() stores an array for each column", () => {
  const { charges } = toyWafers("shower", 3, 1);
  const columns = {
    layer: Float64Array.of(5, 7, 9),
    eta: Float64Array.of(2, 3, 1),
    kind: ["a", "b", ""],
  };
  const arrays = parseNpz(formatWaferNpz(waferTable(charges, columns, charges.map((x) => x / 2))));
  assertEquals(arrays, {
    charges: { data: Int32Array.from(charges), shape: [3, 48] },
    raw_charges: { data: charges.map((x) => x / 2), shape: [3, 48] },
    layer: { data: Int32Array.of(5, 7, 9), shape: [3] },
    eta: { data: columns.eta, shape: [3] },
    kind: { data: columns.kind, shape: [3] },
  });
});

Deno.test("readWaferNpz() reads what formatWaferNpz() wrote", async () => {
  const { charges } = toyWafers("shower", 9, 2);
  for (const raw of [undefined, charges.map((charge) => charge / 3)]) {
    const table = waferTable(charges, {
      event: Float64Array.of(0, 0, 0, 1, 1, 2, 2, 2, 2),
      eta: Float64Array.of(NaN, 1.5, -2, 0, 1, 2, 3, Infinity, 5),
      gen_kind: ["photon", "électron", "😀", "", "a,b", '"', "\n", " ", "x"],
    }, raw);
    const tables = await read(formatWaferNpz(table), { chunkRows: 4 });
    assertEquals(tables.map(({ count }) => count), [5, 4]);
    assertEquals(concatenateWafers(tables), table);
  }
  const one = waferTable(charges.slice(0, 48));
  assertEquals(await read(formatWaferNpz(one)), [one]);
});

Deno.test("readWaferNpz() puts paper order into train order", async () => {
  const { charges } = toyWafers("shower", 2, 1);
  const bytes = formatWaferNpz(waferTable(toPaperOrder(charges), {}, toPaperOrder(charges)));
  assertEquals(await read(bytes, { order: "paper" }), [waferTable(charges, {}, charges)]);
});

Deno.test("formatWaferNpz() of no wafers can be read as arrays, not as wafers", async () => {
  const bytes = formatWaferNpz(waferTable(new Float64Array(0), { eta: new Float64Array(0) }));
  assertEquals(parseNpz(bytes).charges.shape, [0, 48]);
  await assertRejects(() => read(bytes), TypeError, "a.npz: it holds no wafers");
});

Deno.test("readWaferNpz() names array, row and cell of what is wrong", async () => {
  await refuses(
    { x: zeros(1) },
    TypeError,
    "there must be an array charges, current arrays are [x]",
  );
  await refuses(
    { charges: zeros(2, 47) },
    TypeError,
    "array charges: its shape must be [wafers, 48], current shape is [2,47]",
  );
  await refuses(
    { charges: zeros(2), raw_charges: zeros(1) },
    TypeError,
    "array raw_charges: its shape must be [2, 48], current shape is [1,48]",
  );
  await refuses(
    { charges: zeros(2), eta: { data: Float64Array.of(1), shape: [1] } },
    TypeError,
    "array eta: its shape must be [2], one value for each wafer, current shape is [1]",
  );
  await refuses(
    { charges: { data: Array(48).fill("7"), shape: [1, 48] } },
    TypeError,
    "array charges: charges must be numbers, current type is texts",
  );
  for (const bad of [NaN, -2, Infinity]) {
    await refuses(
      { charges: { data: new Float64Array(96).with(51, bad), shape: [2, 48] } },
      RangeError,
      "row 1: array charges: charge of cell 3 must be a finite number >= 0, " +
        `current value is ${bad}`,
    );
  }
  await refuses(
    { charges: zeros(3), event: { data: Int32Array.of(1, 2, 1), shape: [3] } },
    TypeError,
    "row 2: the wafers of an event must follow each other, event 1",
  );
});

Deno.test("formatWaferNpz() refuses what could not be read back", () => {
  const charges = new Float64Array(96);
  assertThrows(
    () => formatWaferNpz(waferTable(charges, { charges: Float64Array.of(1, 2) })),
    TypeError,
    "column charges has the name of the charges",
  );
  assertThrows(
    () => formatWaferNpz({ ...waferTable(charges), charges: charges.with(1, NaN) }),
    RangeError,
    "Cannot use wafer 0",
  );
  assertThrows(
    () => formatWaferNpz(waferTable(new Float64Array(144), { event: Float64Array.of(1, 2, 1) })),
    TypeError,
    "Cannot write wafers: row 2",
  );
});
