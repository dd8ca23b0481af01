import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import {
  readDistinctWafers,
  splitInThree,
  splitToTrain,
} from "../../../scripts/std/distinct_wafers.ts";
import { writeWafers } from "../../../src/datasets/files_deno.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import {
  chargesOf,
  concatenateWafers,
  type WaferTable,
  waferTable,
} from "../../../src/datasets/wafer_table.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

testNeeding(NEEDS, "wafers are read once each, those without charge left out", async () => {
  const path = new URL(`wafers-${crypto.randomUUID()}.csv`, HERE).pathname;
  const showers = waferTable(toyWafers("shower", 30, 1).charges);
  const tripled = waferTable(showers.charges.map((charge) => 3 * charge));
  try {
    const all = concatenateWafers([waferTable(new Float64Array(48)), showers, tripled]);
    await writeWafers(path, [all]);
    const distinct = await readDistinctWafers(path, "train");
    assertEquals(distinct.count, 30);
    showers.charges.forEach((charge, i) => assertAlmostEquals(distinct.charges[i], charge, 1e-9));
    await writeWafers(path, [waferTable(showers.charges.slice(0, 19 * 48))]);
    await assertRejects(
      () => readDistinctWafers(path, "train"),
      RangeError,
      "it must hold at least 20 different ones with charge, current number is 19",
    );
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("the three sides share no wafer, and another seed splits otherwise", () => {
  const wafers = waferTable(toyWafers("shower", 200, 1).charges);
  const names = ({ count, ...table }: WaferTable) =>
    Array.from({ length: count }, (_, wafer) => chargesOf({ count, ...table }, wafer).join());
  const { train, choose, judge } = splitInThree(wafers, 1);
  assertEquals([train.count, choose.count, judge.count], [140, 30, 30]);
  assertEquals(new Set([train, choose, judge].flatMap(names)).size, 200);
  assertEquals(names(splitInThree(wafers, 1).judge), names(judge));
  assert(names(splitInThree(wafers, 2).judge).join() !== names(judge).join());
});

Deno.test("nine tenths are trained on, the same ones for a seed", () => {
  const wafers = waferTable(toyWafers("shower", 200, 1).charges);
  const { train, validation } = splitToTrain(wafers, 1);
  assertEquals([train.length, validation.length], [180, 20]);
  assertEquals(new Set([...train, ...validation]).size, 200);
  assertEquals(splitToTrain(wafers, 1).validation, validation);
  assert(splitToTrain(wafers, 2).validation.join() !== validation.join());
});
