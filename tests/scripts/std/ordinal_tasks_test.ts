import { assert, assertEquals } from "@std/assert";
import { type OrdinalTask, ordinalTasks } from "../../../scripts/std/ordinal_tasks.ts";

const tasks = await ordinalTasks(10, 3);
const [energy, layer, eta, source] = tasks;

Deno.test("ordinalTasks() has ordered classes of energy, layer and pseudorapidity, and sources", () => {
  assertEquals(tasks.map(({ name, classes, ordered }) => [name, classes.length, ordered]), [
    ["energy of the electron", 8, true],
    ["layer", 14, true],
    ["pseudorapidity", 10, true],
    ["source of the charge", 5, false],
  ]);
  assertEquals(layer.classes.slice(0, 3), ["1", "3", "5"]);
  for (const { classes, train, test } of tasks) {
    assert(train.labels.length > test.labels.length && test.labels.length > 10);
    for (const { inputs, labels } of [train, test]) {
      assertEquals(inputs.length, 48 * labels.length);
      assert(inputs.every((x) => x >= 0 && x < 20));
      assert(labels.every((label) => label < classes.length));
    }
  }
});

Deno.test("ordinalTasks() makes classes of a number equally large", () => {
  for (const { classes, train, test } of [energy, eta]) {
    const labels = [...train.labels, ...test.labels];
    const counts = classes.map((_, k) => labels.filter((label) => label === k).length);
    assert(Math.max(...counts) - Math.min(...counts) <= 2, `${counts}`);
  }
  // More energy, more charge.
  const charge = _meanSums(energy);
  assert(charge[7] > charge[0]);
});

Deno.test("ordinalTasks() has as many wafers of each source, and two photons have more charge than one", () => {
  const counts = source.classes.map((_, k) =>
    [...source.train.labels, ...source.test.labels].filter((label) => label === k).length
  );
  assertEquals(new Set(counts).size, 1);
  const charge = _meanSums(source);
  assert(charge[4] < charge[0], "noise is less than pile-up");
  assert(charge[3] > charge[2]);
});

/** Mean sum of the inputs of each class. */
function _meanSums({ classes, train }: OrdinalTask): number[] {
  return classes.map((_, k) => {
    const rows = train.labels.keys().filter((row) => train.labels[row] === k).toArray();
    const sums = rows.map((row) =>
      train.inputs.subarray(48 * row, 48 * row + 48).reduce((a, b) => a + b)
    );
    return sums.reduce((a, b) => a + b, 0) / rows.length;
  });
}
