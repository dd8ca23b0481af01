import { assertEquals } from "@std/assert";
import { claimTable, verdictOf } from "../../../scripts/std/claim_table.ts";

Deno.test("verdictOf() asks for twice the standard error", () => {
  assertEquals(verdictOf([1, 1.1, 0.9]), "holds");
  assertEquals(verdictOf([-1, -1.1, -0.9]), "does not hold");
  assertEquals(verdictOf([1, -1, 0.5]), "undecided");
  assertEquals(verdictOf([3]), "undecided");
  assertEquals(verdictOf([0, 0]), "undecided");
});

Deno.test("claimTable() has a row for each claim", () => {
  const claim = { claim: "A", source: "B", measured: "C", unit: "%", differences: [1, 3] };
  assertEquals(claimTable([claim]).split("\n")[2], "| A | B | C: 2 ± 1.41 % | holds |");
});
