import { assertEquals } from "@std/assert";
import { PUBLISHED_POSITIONS_CM } from "../../src/wafer/published_positions.ts";
import { readReferenceJson, referenceData, testNeeding } from "../_support/skips.ts";

Deno.test("PUBLISHED_POSITIONS_CM holds 48 different points", () => {
  assertEquals(new Set(PUBLISHED_POSITIONS_CM.map(String)).size, 48);
});

testNeeding(
  [referenceData("geometry.json")],
  "PUBLISHED_POSITIONS_CM is the published table, digit for digit",
  () => {
    const { hexCoords_train_order_cm } = readReferenceJson("geometry.json");
    assertEquals<unknown>(PUBLISHED_POSITIONS_CM, hexCoords_train_order_cm);
  },
);
