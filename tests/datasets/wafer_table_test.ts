import { assertEquals, assertThrows } from "@std/assert";
import {
  type Charges,
  chargesOf,
  concatenateWafers,
  filterWafers,
  requireSameColumns,
  selectWafers,
  validateWafers,
  waferTable,
} from "../../src/datasets/wafer_table.ts";

/** Three wafers whose charges are 0, 1, 2, ... */
function numbered(): ReturnType<typeof waferTable> {
  return waferTable(Float64Array.from({ length: 144 }, (_, i) => i), {
    eta: Float64Array.of(1.7, NaN, 2.1),
    type: ["a", "b", "c"],
  });
}

Deno.test("waferTable() keeps arrays and counts wafers", () => {
  const charges = new Float32Array(96);
  const table = waferTable(charges);
  assertEquals(table.count, 2);
  assertEquals(table.order, "train");
  assertEquals(table.charges === charges, true);
  assertEquals(waferTable(new Float64Array(0)).count, 0);
});

Deno.test("waferTable() names wafer and cell of a bad charge", () => {
  for (const bad of [-2, NaN, Infinity, -Infinity]) {
    const charges = new Float64Array(144).with(48 + 3, bad);
    assertThrows(
      () => waferTable(charges),
      RangeError,
      "Cannot use wafer 1: charge of cell 3 must be finite and >= 0, " +
        `current value is ${bad}`,
    );
  }
});

Deno.test("waferTable() refuses shapes that do not fit", () => {
  assertThrows(() => waferTable(new Float64Array(47)), TypeError, "charges is 47");
  assertThrows(
    () => waferTable(new Float64Array(48), { eta: new Float64Array(2) }),
    TypeError,
    "Cannot use wafers: column eta must have one value for each of 1 wafers, current length is 2",
  );
});

Deno.test("validateWafers() finds a count that does not fit the charges", () => {
  assertThrows(() => validateWafers({ ...numbered(), count: 4 }), TypeError, "4 wafers");
});

Deno.test("chargesOf() is a view of one wafer", () => {
  const table = numbered();
  const charges = chargesOf(table, 2);
  assertEquals([charges.length, charges[0], charges[47]], [48, 96, 143]);
  charges[0] = 7;
  assertEquals(table.charges[96], 7);
  for (const wafer of [-1, 3, 0.5, NaN]) {
    assertThrows(() => chargesOf(table, wafer), RangeError, `[0, 3), current value is ${wafer}`);
  }
});

Deno.test("concatenateWafers() joins charges and columns in order", () => {
  const table = numbered();
  const joined = concatenateWafers([table, selectWafers(table, [2]), table]);
  assertEquals(joined.count, 7);
  assertEquals(chargesOf(joined, 3), chargesOf(table, 2));
  assertEquals(joined.columns, {
    eta: Float64Array.of(1.7, NaN, 2.1, 2.1, 1.7, NaN, 2.1),
    type: ["a", "b", "c", "c", "a", "b", "c"],
  });
});

Deno.test("tables of 32-bit charges stay so", () => {
  const table = waferTable(new Float32Array(48).fill(0.1));
  assertEquals(concatenateWafers([table, table]).charges, new Float32Array(96).fill(0.1));
  assertEquals(selectWafers(table, [0]).charges, table.charges);
  assertEquals(chargesOf(table, 0), table.charges);
});

Deno.test("concatenateWafers() refuses no table and tables of unlike columns", () => {
  assertThrows(() => concatenateWafers([]), TypeError, "there is no table");
  const table = waferTable(new Float64Array(48), { eta: Float64Array.of(2) });
  const other = waferTable(new Float64Array(48), { eta: ["2"] });
  assertThrows(
    () => concatenateWafers([table, other]),
    TypeError,
    'Cannot concatenate table 1: its columns must be ["eta": numbers], ' +
      'current columns are ["eta": texts]',
  );
  assertThrows(
    () =>
      concatenateWafers<Charges>([
        waferTable(new Float32Array(48)),
        waferTable(new Float64Array(48)),
      ]),
    TypeError,
    "Cannot concatenate table 1: its charges must be a Float32Array, " +
      "current class is Float64Array",
  );
});

Deno.test("requireSameColumns() does not mind their order", () => {
  const eta = Float64Array.of(2);
  const one = waferTable(new Float64Array(48), { eta, layer: eta });
  const other = waferTable(new Float64Array(48), { layer: eta, eta });
  requireSameColumns(one, other, "compare");
  assertThrows(
    () => requireSameColumns(one, waferTable(new Float64Array(48), { eta }), "compare"),
    TypeError,
    "Cannot compare",
  );
});

Deno.test("selectWafers() takes wafers in the given order, with their columns", () => {
  const table = numbered();
  const selected = selectWafers(table, Uint32Array.of(2, 0, 2));
  assertEquals([...selected.charges].filter((_, i) => i % 48 === 0), [96, 0, 96]);
  assertEquals(selected.columns, { eta: Float64Array.of(2.1, 1.7, 2.1), type: ["c", "a", "c"] });
  selected.charges.fill(0);
  assertEquals(table.charges[143], 143);
  assertThrows(() => selectWafers(table, [3]), RangeError, "current value is 3");
});

Deno.test("filterWafers() takes the wafers for which the condition holds", () => {
  const table = numbered();
  const eta = table.columns.eta as Float64Array;
  assertEquals(filterWafers(table, (wafer) => eta[wafer] > 1.8).columns.type, ["c"]);
  assertEquals(filterWafers(table, () => false).count, 0);
});

Deno.test("raw charges go where the charges go", () => {
  const charges = Float32Array.from({ length: 144 }, (_, i) => i);
  const table = waferTable(charges, {}, charges.map((charge) => 2 * charge));
  assertEquals(
    selectWafers(table, [2, 0]).rawCharges,
    selectWafers(table, [2, 0]).charges.map(twice),
  );
  assertEquals(filterWafers(table, (wafer) => wafer === 1).rawCharges?.[0], 96);
  const joined = concatenateWafers([table, selectWafers(table, [1])]);
  assertEquals(joined.rawCharges, joined.charges.map(twice));
  assertEquals("rawCharges" in concatenateWafers([waferTable(charges)]), false);
  assertThrows(
    () => concatenateWafers([table, waferTable(charges)]),
    TypeError,
    "Cannot concatenate table 1: it lacks raw charges, unlike the first table",
  );
  assertThrows(
    () => requireSameColumns(waferTable(charges), table, "join"),
    TypeError,
    "Cannot join: only it has raw charges",
  );
});

Deno.test("waferTable() refuses raw charges that do not fit or are impossible", () => {
  const charges = new Float64Array(96);
  assertThrows(
    () => waferTable(charges, {}, new Float64Array(48)),
    TypeError,
    "raw charges must be a Float64Array of length 96 as the charges are, " +
      "current one is a Float64Array of length 48",
  );
  assertThrows(
    () => waferTable<Charges>(charges, {}, new Float32Array(96)),
    TypeError,
    "current one is a Float32Array",
  );
  assertThrows(
    () => waferTable(charges, {}, charges.with(50, NaN)),
    RangeError,
    "Cannot use wafer 1: raw charge of cell 2 must be finite and >= 0, current value is NaN",
  );
});

function twice(value: number): number {
  return 2 * value;
}
