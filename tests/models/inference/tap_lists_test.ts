import { assertEquals } from "@std/assert";
import { tapLists } from "../../../src/models/inference/tap_lists.ts";

Deno.test("tapLists() joins the taps of rows and columns", () => {
  // One output row that sees rows 1 and 2, two output columns that see columns 0, and 0 and 1.
  const vertical = [[[1, 0], [2, 1]]] as const;
  const horizontal = [[[0, 1]], [[0, 0], [1, 1]]] as const;
  assertEquals(tapLists(vertical, horizontal, 5, 2).map((taps) => [...taps]), [
    [5, 1, 10, 3],
    [5, 0, 6, 1, 10, 2, 11, 3],
  ]);
});
