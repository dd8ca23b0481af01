import { assertEquals } from "@std/assert";
import {
  asInt32,
  CALQ_COLUMNS,
  findChargeColumns,
  isChargeColumn,
  storedNumbers,
  TC_DATA_COLUMNS,
  trainCell,
} from "../../../src/datasets/formats/stored_columns.ts";
import { PAPER_TO_TRAIN } from "../../../src/wafer/orders.ts";

Deno.test("findChargeColumns() wants all charges, and all raw charges or none", () => {
  const all = [...CALQ_COLUMNS, ...TC_DATA_COLUMNS];
  assertEquals(findChargeColumns(["eta", ...CALQ_COLUMNS.toReversed()]), { hasRaw: false });
  assertEquals(findChargeColumns([...all, "eta"]), { hasRaw: true });
  assertEquals(findChargeColumns(all.filter((name) => name !== "TC_DATA_5")), {
    problem: "column TC_DATA_5 missing",
  });
  assertEquals(findChargeColumns(all.filter((name) => !name.endsWith("_47"))), {
    problem: "columns CALQ_47, TC_DATA_47 missing",
  });
  assertEquals(findChargeColumns([...all, "eta", "eta"]), { problem: 'column "eta" occurs twice' });
  assertEquals(findChargeColumns(["a", "b"]), {
    problem: 'the header must name columns CALQ_0 to CALQ_47, current header begins with "a,b"',
  });
});

Deno.test("isChargeColumn() knows the names to the letter", () => {
  const charges = ["CALQ_0", "CALQ_47", "TC_DATA_10"];
  const others = ["CALQ_48", "CALQ_01", "calq_1", "CALQ_", "TC_DATA", "eta"];
  assertEquals(charges.every(isChargeColumn), true);
  assertEquals(others.some(isChargeColumn), false);
});

Deno.test("trainCell() follows the orders of the wafer", () => {
  const cells = [...CALQ_COLUMNS.keys()];
  assertEquals(cells.map((cell) => trainCell(cell, "train")), cells);
  assertEquals(cells.map((cell) => trainCell(cell, "paper")), [...PAPER_TO_TRAIN]);
});

Deno.test("asInt32() keeps numbers or gives up", () => {
  assertEquals(asInt32(Float64Array.of(0, -0, 2 ** 31 - 1, -(2 ** 31)))?.length, 4);
  for (const bad of [0.5, NaN, Infinity, 2 ** 31, -(2 ** 31) - 1, 2 ** 32]) {
    assertEquals(asInt32(Float64Array.of(1, bad)), undefined, `${bad}`);
  }
});

Deno.test("storedNumbers() makes integers of columns that are known to hold them", () => {
  const whole = Float64Array.of(1, 2);
  assertEquals(storedNumbers("event", whole), Int32Array.of(1, 2));
  assertEquals(storedNumbers("eta", whole), whole);
  assertEquals(storedNumbers("layer", Float64Array.of(1, NaN)), Float64Array.of(1, NaN));
});
