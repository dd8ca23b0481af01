import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { COMMAND, fitWaferTree } from "../../scripts/fit_wafer_tree.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { readWafers } from "../../src/datasets/files_deno.ts";
import { concatenateWafers } from "../../src/datasets/wafer_table.ts";
import { WAFER_TREE_WEIGHTS } from "../../src/losses/wafer_tree.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const SAMPLE = new URL("../../data/sample.csv", import.meta.url);

testNeeding(
  [permission({ name: "read", path: SAMPLE })],
  "fit_wafer_tree with its defaults finds the lengths that are shipped",
  async () => {
    const { pairs, seed } = parseCommand(COMMAND, [])!;
    const wafers = concatenateWafers(await Array.fromAsync(readWafers(SAMPLE.pathname)));
    const { weights, relativeError } = fitWaferTree(wafers, pairs, seed);
    assertEquals(weights.length, WAFER_TREE_WEIGHTS.length);
    weights.forEach((weight, k) => assertAlmostEquals(weight, WAFER_TREE_WEIGHTS[k], 1e-4));
    assert(relativeError < 0.2, `${relativeError}`);
  },
);

Deno.test("fit_wafer_tree explains itself", () => {
  assert(helpText(COMMAND).includes("--pairs 20000 --seed 2"));
});
