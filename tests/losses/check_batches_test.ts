import { assertEquals, assertThrows } from "@std/assert";
import { checkBatches } from "../../src/losses/check_batches.ts";

Deno.test("checkBatches() counts rows", () => {
  assertEquals(checkBatches("loss", 3, new Float64Array(6), new Float32Array(6)), 2);
  assertEquals(checkBatches("loss", 3, new Float64Array(0), new Float64Array(0)), 0);
});

Deno.test("checkBatches() says which batch, row and cell is wrong", () => {
  const good = new Float64Array(6);
  assertThrows(
    () => checkBatches("loss", 3, good.with(4, -1), good),
    RangeError,
    "Cannot compute loss of row 1: cell 1 of the target must be >= 0 and finite, current value is -1",
  );
  assertThrows(
    () => checkBatches("loss", 3, good, new Float64Array(3)),
    TypeError,
    "must be batches of the same number of rows of 3, current lengths are 6 and 3",
  );
  assertThrows(() => checkBatches("loss", 4, good, good), TypeError, "rows of 4");
});
