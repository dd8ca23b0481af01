import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  chargesOf,
  concatenateWafers,
  formatWaferCsv,
  sameWafers,
  toyWafers,
  waferTable,
} from "../../src/datasets/mod.ts";
import { toPaperOrder } from "../../src/wafer/mod.ts";
import { trainingWafers } from "../../web/training_wafers.ts";

const csv = (table: Parameters<typeof formatWaferCsv>[0]) => new Blob([formatWaferCsv(table)]);

Deno.test("nine wafers of ten are learnt from, none of them stands on both sides", async () => {
  const { train, heldOut } = await trainingWafers(
    csv(toyWafers("shower", 400, 1)),
    "x",
    "train",
    1,
  );
  const all = concatenateWafers([train, heldOut]), same = sameWafers(all);
  assert(same.every((first, wafer) => first === wafer));
  assert(Math.abs(heldOut.count / all.count - 0.1) < 0.01);
});

Deno.test("wafers without charge and copies are left out", async () => {
  const toys = toyWafers("shower", 150, 2);
  const twice = concatenateWafers([toys, toys, waferTable(new Float64Array(5 * 48))]);
  const once = await trainingWafers(csv(toys), "x", "train", 1);
  assertEquals(await trainingWafers(csv(twice), "x", "train", 1), once);
});

Deno.test("columns of the paper's numbering are put into train order", async () => {
  const toys = toyWafers("shower", 120, 3);
  const asPaper = waferTable(Float64Array.from(toPaperOrder(toys.charges)));
  const found = await trainingWafers(csv(asPaper), "x", "paper", 1);
  assertEquals(found, await trainingWafers(csv(toys), "x", "train", 1));
});

Deno.test("no more than 500 judge", async () => {
  const { heldOut } = await trainingWafers(csv(toyWafers("dense", 6000, 1)), "x", "train", 1);
  assertEquals(heldOut.count, 500);
  assertEquals(chargesOf(heldOut, 0).length, 48);
});

Deno.test("a file with few wafers, or none, is refused by name", async () => {
  const read = (blob: Blob) => trainingWafers(blob, "mine.csv", "train", 1);
  await assertRejects(
    () => read(csv(toyWafers("shower", 30, 1))),
    RangeError,
    "wafers of mine.csv: it must hold at least 100 different ones with charge, current number is",
  );
  await assertRejects(() => read(new Blob([])), TypeError, "from mine.csv: it is empty");
});
