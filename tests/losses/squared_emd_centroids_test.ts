import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ClassCentroids } from "../../src/losses/squared_emd_centroids.ts";
import { RandomStream } from "../../src/numerics/random.ts";

/** Rows of class probabilities that are certain. */
function oneHot(labels: number[], classes: number): Float64Array {
  const rows = new Float64Array(labels.length * classes);
  labels.forEach((label, row) => rows[row * classes + label] = 1);
  return rows;
}

Deno.test("ClassCentroids are the same however an epoch is cut into batches", () => {
  const random = new RandomStream(1, "features");
  const labels = Array.from({ length: 60 }, () => random.integer(3));
  const features = Float64Array.from({ length: 60 * 5 }, () => random.normal());
  const whole = new ClassCentroids(3, "l2"), parts = new ClassCentroids(3, "l2");
  whole.add(oneHot(labels, 3), features);
  // Batches sorted by class: each lacks two of the three.
  for (const k of [0, 1, 2]) {
    const rows = labels.keys().filter((row) => labels[row] === k).toArray();
    const chosen = rows.flatMap((row) => [...features.subarray(row * 5, row * 5 + 5)]);
    parts.add(oneHot(rows.map(() => k), 3), chosen);
  }
  for (const centroids of [whole, parts]) centroids.endEpoch();
  whole.all().forEach((centroid, k) =>
    centroid!.forEach((x, f) => assertAlmostEquals(x, parts.all()[k]![f], 1e-6))
  );
});

Deno.test("ClassCentroids normalises features as asked", () => {
  for (
    const [norm, expected] of [["l1", [3 / 7, -4 / 7]], ["l2", [0.6, -0.8]], ["none", [
      3,
      -4,
    ]]] as const
  ) {
    const centroids = new ClassCentroids(2, norm);
    centroids.add(oneHot([1], 2), [3, -4]);
    // A network that is dead for a row has features of zeros.
    centroids.add(oneHot([0], 2), [0, 0]);
    centroids.endEpoch();
    const [dead, alive] = centroids.all();
    assertEquals(dead, Float32Array.of(0, 0));
    assertEquals(alive, Float32Array.from(expected));
  }
});

Deno.test("ClassCentroids keeps the centroid of a class that is missing from an epoch", () => {
  const centroids = new ClassCentroids(3, "none");
  centroids.add(oneHot([0, 1], 3), [1, 2]);
  centroids.endEpoch();
  centroids.add(oneHot([1], 3), [7]);
  assertEquals(centroids.all(), [Float32Array.of(1), Float32Array.of(2), undefined]);
  centroids.endEpoch();
  assertEquals(centroids.all(), [Float32Array.of(1), Float32Array.of(7), undefined]);
});

Deno.test("ClassCentroids gives each class its share of a row", () => {
  const centroids = new ClassCentroids(2, "none");
  centroids.add(Float64Array.of(0.25, 0.75, 1, 0), [4, 9]);
  centroids.endEpoch();
  assertEquals(centroids.all(), [Float32Array.of((0.25 * 4 + 9) / 1.25), Float32Array.of(4)]);
});

Deno.test("ClassCentroids goes on where another left off", () => {
  const one = new ClassCentroids(2, "l1"), other = new ClassCentroids(2, "l1");
  one.add(oneHot([0, 1], 2), [1, 3, 2, 2]);
  one.endEpoch();
  one.add(oneHot([1], 2), [1, 1]);
  other.importState(one.exportState());
  for (const centroids of [one, other]) {
    centroids.add(oneHot([1, 1], 2), [5, 1, 1, 0]);
    centroids.endEpoch();
  }
  assertEquals(other.all(), one.all());
});

Deno.test("ClassCentroids names batches of features that do not fit", () => {
  const centroids = new ClassCentroids(2, "l1");
  assertThrows(
    () => centroids.add(oneHot([0, 1], 2), [1, 2, 3]),
    TypeError,
    "2 rows need equally many features each, current number of features is 3",
  );
  centroids.add(oneHot([0, 1], 2), [1, 2, 3, 4]);
  assertThrows(
    () => centroids.add(oneHot([0], 2), [1]),
    TypeError,
    "1 rows need 2 features each, current number of features is 1",
  );
});
