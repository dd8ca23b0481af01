import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { TRIGGER_CELLS } from "../../src/wafer/cells.ts";
import { sharedWaferDistances, waferDistances } from "../../src/wafer/distances.ts";

Deno.test("waferDistances() in closed form agrees with the published rounding", () => {
  const published = waferDistances();
  const exact = waferDistances({ geometry: "low_density" });
  const difference = Math.max(...published.map((length, k) => Math.abs(length - exact[k])));
  assert(difference < 1.5e-5, `largest difference ${difference}`);
  // The published digits are rounded: no difference would mean that they were not used.
  assert(difference > 1e-6, `largest difference ${difference}`);
});

Deno.test("waferDistances() has the known smallest, largest and mean distances", () => {
  const exact = waferDistances({ geometry: "low_density" });
  const apart = exact.filter((length) => length > 0).toSorted();
  assertEquals(apart.length, 48 * 47);
  assertAlmostEquals(apart[0], Math.sqrt(3.25), 1e-12);
  assertAlmostEquals(apart.at(-1)!, 13.757, 5e-4);
  assertAlmostEquals(exact.reduce((sum, length) => sum + length) / exact.length, 6.531, 5e-4);
  // Train cells 0 and 1 are neighbours inside a rhombus, paper cells 3 and 4 across a seam.
  assertAlmostEquals(exact[1], 2, 1e-12);
  const paper = waferDistances({ geometry: "low_density", order: "paper" });
  assertAlmostEquals(paper[3 * 48 + 4], Math.sqrt(3.25), 1e-12);
});

Deno.test("waferDistances() at high density differs by at most 0.08 pitch", () => {
  const low = waferDistances({ geometry: "low_density", unit: "pitch" });
  const high = waferDistances({ geometry: "high_density", unit: "pitch" });
  const difference = Math.max(...low.map((length, k) => Math.abs(length - high[k])));
  assertAlmostEquals(difference, 0.08, 5e-4);
});

Deno.test("waferDistances() is a metric in every geometry", () => {
  for (const geometry of ["published", "low_density", "high_density"] as const) {
    const D = waferDistances({ geometry });
    for (let i = 0; i < 48; i++) {
      assertEquals(D[i * 48 + i], 0);
      for (let j = 0; j < 48; j++) {
        assertEquals(D[i * 48 + j], D[j * 48 + i]);
        for (let k = 0; k < 48; k++) {
          assert(D[i * 48 + j] <= D[i * 48 + k] + D[k * 48 + j] + 1e-14);
        }
      }
    }
  }
});

Deno.test("waferDistances() counts in the unit that is asked for", () => {
  const halfPitches = waferDistances();
  const pitches = waferDistances({ unit: "pitch" });
  const cm = waferDistances({ unit: "cm" });
  for (let k = 0; k < 48 * 48; k++) {
    assertAlmostEquals(pitches[k], halfPitches[k] / 2, 1e-14);
    assertAlmostEquals(cm[k], halfPitches[k] * 1.20840075, 1e-13);
  }
});

Deno.test("waferDistances() in paper order is that in train order, permuted", () => {
  const train = waferDistances();
  const paper = waferDistances({ order: "paper" });
  for (const one of TRIGGER_CELLS) {
    for (const other of TRIGGER_CELLS) {
      assertEquals(paper[one.paper * 48 + other.paper], train[one.train * 48 + other.train]);
    }
  }
});

Deno.test("waferDistances() returns a fresh array", () => {
  assert(waferDistances() !== waferDistances());
  assert(waferDistances() !== sharedWaferDistances());
});

Deno.test("sharedWaferDistances() returns one array for each choice of options", () => {
  const choices = (["published", "low_density", "high_density"] as const).flatMap((geometry) =>
    (["half_pitch", "pitch", "cm"] as const).flatMap((unit) =>
      (["train", "paper"] as const).map((order) => ({ geometry, unit, order }))
    )
  );
  const matrices = choices.map(sharedWaferDistances);
  assertEquals(new Set(matrices).size, choices.length);
  choices.forEach((options, k) => {
    assert(sharedWaferDistances(options) === matrices[k]);
    assertEquals(matrices[k], waferDistances(options));
  });
  assert(sharedWaferDistances() === matrices[0]);
});

Deno.test("sharedWaferDistances() refuses unknown options", () => {
  assertThrows(
    () => sharedWaferDistances({ unit: "mm" as "cm" }),
    RangeError,
    "unit must be half_pitch, pitch or cm, current value is mm",
  );
});
