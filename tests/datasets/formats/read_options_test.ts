import { assertThrows } from "@std/assert";
import { checkReadOptions } from "../../../src/datasets/formats/read_options.ts";

Deno.test("checkReadOptions() refuses options without meaning", () => {
  checkReadOptions({ order: "paper", chunkRows: 1, source: "a.csv" });
  assertThrows(
    () => checkReadOptions({ order: "q" as "paper", chunkRows: 1, source: "a.csv" }),
    RangeError,
    "Cannot read wafers from a.csv: order must be train or paper, current value is q",
  );
  for (const chunkRows of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(
      () => checkReadOptions({ order: "train", chunkRows, source: "a.csv" }),
      RangeError,
      `Cannot read wafers from a.csv: chunkRows must be an integer >= 1, ` +
        `current value is ${chunkRows}`,
    );
  }
});
