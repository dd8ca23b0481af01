import { assertEquals } from "@std/assert";
import { centreRows } from "../../src/losses/centre_rows.ts";

Deno.test("centreRows() takes the mean off each row", () => {
  const gradient = Float64Array.of(1, 2, 3, 0, 0, 6);
  centreRows(gradient, 3);
  assertEquals([...gradient], [-1, 0, 1, -2, -2, 4]);
});
