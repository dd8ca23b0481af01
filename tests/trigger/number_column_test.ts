import { assertEquals, assertThrows } from "@std/assert";
import { waferTable } from "../../src/datasets/wafer_table.ts";
import { numberColumn } from "../../src/trigger/number_column.ts";

Deno.test("numberColumn() gives numbers, and says what is missing", () => {
  const table = waferTable(new Float64Array(48), { layer: Float64Array.of(9), name: ["a"] });
  assertEquals(numberColumn(table, "layer"), Float64Array.of(9));
  assertThrows(
    () => numberColumn(table, "gen_pt"),
    TypeError,
    "Cannot run the trigger: wafers must have a column gen_pt of numbers, " +
      "current columns are layer, name",
  );
  assertThrows(() => numberColumn(table, "name"), TypeError, "a column name of numbers");
  assertThrows(() => numberColumn(waferTable(new Float64Array(0)), "eta"), TypeError, "are none");
});
