import { assertEquals, assertThrows } from "@std/assert";
import { chosenNames } from "../../../scripts/std/chosen_names.ts";

const KNOWN = ["exact_emd", "telescope_mse", "weighted_mse"];

Deno.test("chosenNames() keeps the order, and each name once", () => {
  const chosen = chosenNames(" weighted_mse,exact_emd ,,weighted_mse", KNOWN, "Cannot: --losses");
  assertEquals(chosen, ["weighted_mse", "exact_emd"]);
  assertEquals(chosenNames("", KNOWN, "Cannot: --losses"), []);
});

Deno.test("chosenNames() refuses an unknown name and says which one is near", () => {
  const choose = (text: string) => () => chosenNames(text, KNOWN, "Cannot draw Fig. 6: --losses");
  const list = "must be of exact_emd, telescope_mse, weighted_mse, current value is";
  assertThrows(
    choose("exact_emd,telescop_mse"),
    RangeError,
    `Cannot draw Fig. 6: --losses ${list} telescop_mse, did you mean telescope_mse?`,
  );
  assertThrows(choose("huber"), RangeError, `${list} huber`);
  assertThrows(choose(" ,"), RangeError, `${list}  ,`);
});
