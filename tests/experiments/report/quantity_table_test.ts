import { assert, assertEquals } from "@std/assert";
import { quantityTable } from "../../../src/experiments/report/quantity_table.ts";
import { donePart, NASTY } from "./_parts.ts";

const { quantities } = donePart().found!.result;

Deno.test("all quantities are told, published or not", () => {
  const { text } = quantityTable(quantities)!;
  assertEquals(text.match(/<th scope="row">/g)?.length, 3);
  assert(text.includes("All 3 numbers") && text.includes("1.150 ± 0.071"));
});

Deno.test("one is told as one, none not at all, and names are escaped", () => {
  assert(quantityTable(quantities.slice(0, 1))!.text.includes("The number"));
  assertEquals(quantityTable([]), undefined);
  assert(!quantityTable([{ ...quantities[0], name: NASTY }])!.text.includes("<img"));
});
