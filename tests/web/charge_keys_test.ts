import { assertEquals } from "@std/assert";
import { chargeAfterKey } from "../../web/charge_keys.ts";

Deno.test("keys change a charge as the page says", () => {
  const after = ["+", "=", "-", "0", "7", " ", "Enter", "Delete", "Backspace"]
    .map((key) => chargeAfterKey(key, 35, 120));
  assertEquals(after, [45, 45, 25, 0, 70, 120, 120, 0, 0]);
});

Deno.test("a charge never falls below zero, and other keys do nothing", () => {
  assertEquals(chargeAfterKey("-", 5, 120), 0);
  for (const key of ["a", "Tab", "F1", "ArrowUp"]) {
    assertEquals(chargeAfterKey(key, 5, 120), undefined);
  }
});
