import { assertEquals } from "@std/assert";
import { agrees, validationTable } from "../../../scripts/std/validation_rows.ts";

Deno.test("agrees() has a verdict only with a published value and a tolerance", () => {
  const row = { name: "x", unit: "", value: 1.2 };
  assertEquals(agrees(row), undefined);
  assertEquals(agrees({ ...row, published: 1 }), undefined);
  assertEquals(agrees({ ...row, tolerance: 1 }), undefined);
  assertEquals(agrees({ ...row, published: 1, tolerance: 0.21 }), true);
  assertEquals(agrees({ ...row, published: 1, tolerance: 0.19 }), false);
  assertEquals(agrees({ ...row, value: NaN, published: 1, tolerance: 9 }), false);
});

Deno.test("validationTable() prints values and verdicts, and sums them up", () => {
  const table = validationTable([
    { name: "right", unit: "GeV", value: 1.23456, published: 1.2, tolerance: 0.1, python: 2 },
    { name: "wrong", unit: "", value: 7, published: 1, tolerance: 0 },
    { name: "alone", unit: "cm", value: 0.5 },
  ]);
  assertEquals(table.split("\n").slice(2), [
    "| right | GeV | 1.23 | 1.2 | ± 0.1 | 2 | yes |",
    "| wrong |  | 7 | 1 | ± 0 |  | NO |",
    "| alone | cm | 0.5 |  |  |  |  |",
    "",
    "1 of 2 quantities with a verdict agree.",
    "",
  ]);
});
