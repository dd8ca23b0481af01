import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { rankedDistances } from "../../src/losses/squared_emd_ranks.ts";
import { RandomStream } from "../../src/numerics/random.ts";

Deno.test("rankedDistances() gives the worked matrix", () => {
  const distances = rankedDistances([[1, 0], [0.8, 0.2], [0.3, 0.7], [0, 1]]);
  const worked = [
    [0, 1 / 3, 5 / 6, 1],
    [1 / 3, 0, 2 / 3, 5 / 6],
    [5 / 6, 2 / 3, 0, 1 / 3],
    [1, 5 / 6, 1 / 3, 0],
  ].flat();
  worked.forEach((distance, at) => assertAlmostEquals(distances[at], distance, 1e-12));
});

Deno.test("rankedDistances() is symmetric, within [0, 1], and knows no scale", () => {
  const random = new RandomStream(3, "centroids");
  for (const classes of [2, 5, 14]) {
    const centroids = Array.from(
      { length: classes },
      () => Float64Array.from({ length: 6 }, () => random.normal()),
    );
    const distances = rankedDistances(centroids);
    const far = rankedDistances(centroids.map((centroid) => centroid.map((x) => 1000 * x + 7)));
    assertEquals(far, distances);
    for (let i = 0; i < classes; i++) {
      for (let j = 0; j < classes; j++) {
        const distance = distances[i * classes + j];
        assertEquals(distance, distances[j * classes + i]);
        assert(i === j ? distance === 0 : distance > 0 && distance <= 1);
      }
    }
  }
});

Deno.test("rankedDistances() of points on a line grows with the distance along it", () => {
  const classes = 8;
  const distances = rankedDistances(Array.from({ length: classes }, (_, k) => [k + 0.01 * k * k]));
  for (let i = 0; i < classes; i++) {
    for (let j = i + 2; j < classes; j++) {
      assert(distances[i * classes + j] > distances[i * classes + j - 1]);
    }
  }
});

Deno.test("rankedDistances() puts the lower class first where two are equally far away", () => {
  // All in one place: ranks 0, 1, 2 by number, from each class after itself.
  assertEquals([...rankedDistances([[1], [1], [1]])], [0, 0.5, 0.75, 0.5, 0, 1, 0.75, 1, 0]);
});

Deno.test("rankedDistances() leaves classes that it knows nothing of far from all others", () => {
  assertEquals([...rankedDistances([undefined, undefined])], [0, 1, 1, 0]);
  assertEquals([...rankedDistances([[0], undefined, [2]])], [0, 1, 1, 1, 0, 1, 1, 1, 0]);
  assertEquals(
    [...rankedDistances([[0], [1], undefined, [9]])],
    [0, 0.5, 1, 1, 0.5, 0, 1, 0.75, 1, 1, 0, 1, 1, 0.75, 1, 0],
  );
  assertEquals([...rankedDistances([[0], undefined])], [0, 1, 1, 0]);
});
