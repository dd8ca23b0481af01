import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { linearisedDistance, LinearisedTransport } from "../../src/transport/linearised.ts";
import { wassersteinP } from "../../src/transport/wasserstein_p.ts";
import { wasserstein1d } from "../../src/transport/wasserstein_1d.ts";
import { drawCloud, moveCloud } from "../_support/point_clouds.ts";

/** Points of equal mass, so that the best plan between two such clouds splits none. */
const equalMasses = (count: number, seed: number, index = 0, dimension = 2) => ({
  energies: new Float64Array(count).fill(1),
  positions: drawCloud(count, seed, index, dimension).positions,
});

Deno.test("linearised distances on a line are W_2, from any reference of equal masses", () => {
  const transport = new LinearisedTransport(equalMasses(12, 151, 0, 1));
  for (let trial = 0; trial < 5; trial++) {
    const A = equalMasses(12, 152, trial, 1), B = equalMasses(6, 153, trial, 1);
    const exact = Math.sqrt(
      wasserstein1d(A.positions, B.positions, undefined, undefined, { p: 2 }),
    );
    assertAlmostEquals(linearisedDistance(transport.embed(A), transport.embed(B)), exact, 1e-12);
  }
});

Deno.test("linearised distances in the plane are at least W_2 where no point is split", () => {
  const transport = new LinearisedTransport(equalMasses(10, 154));
  let largest = 0;
  for (let trial = 0; trial < 10; trial++) {
    const A = equalMasses(10, 155, trial), B = equalMasses(10, 156, trial);
    const exact = wassersteinP(A, B).distance;
    const linearised = linearisedDistance(transport.embed(A), transport.embed(B));
    assert(linearised >= exact - 1e-12);
    largest = Math.max(largest, linearised / exact);
  }
  assert(largest > 1.001, "it is an approximation");
});

Deno.test("linearised distance from the reference itself is W_2 where no point is split", () => {
  const reference = equalMasses(9, 157), event = equalMasses(9, 158);
  const transport = new LinearisedTransport(reference);
  const linearised = linearisedDistance(transport.embed(reference), transport.embed(event));
  assertAlmostEquals(linearised, wassersteinP(reference, event).distance, 1e-12);
});

Deno.test("LinearisedTransport projects split points onto the mean of where they go", () => {
  const transport = new LinearisedTransport({ energies: [4], positions: [[5, 5]] });
  const event = { energies: [1, 3], positions: [[0, 0], [4, 8]] };
  assertEquals([...transport.map(event)], [3, 6]);
  assertEquals([...transport.embed(event)], [3, 6]);
});

Deno.test("linearised distance of a shifted event is the shift, whatever its energy", () => {
  const event = drawCloud(7, 159), transport = new LinearisedTransport(drawCloud(11, 160));
  const shifted = moveCloud(event, 0, [-3, 4]);
  const louder = { ...shifted, energies: shifted.energies.map((energy) => 60 * energy) };
  const distance = linearisedDistance(transport.embed(event), transport.embed(louder));
  assertAlmostEquals(distance, 5, 1e-12);
});

Deno.test("LinearisedTransport keeps the mean, and leaves out points without energy", () => {
  const reference = { energies: [1, 0, 2], positions: [[0, 0], [9, 9], [1, 1]] };
  const transport = new LinearisedTransport(reference), event = drawCloud(8, 161);
  assertEquals(transport.length, 4);
  const images = transport.map(event);
  for (const axis of [0, 1]) {
    const mean = event.energies.reduce((sum, e, k) => sum + e * event.positions[2 * k + axis], 0);
    assertAlmostEquals(images[axis] / 3 + 2 * images[2 + axis] / 3, mean, 1e-12);
  }
});

Deno.test("LinearisedTransport and linearisedDistance() refuse what does not fit", () => {
  const transport = new LinearisedTransport({ energies: [1], positions: [[0, 0]] });
  assertThrows(
    () => transport.embed({ energies: [1], positions: [0] }),
    TypeError,
    "Cannot linearise transport: points of the event must have the reference's dimension, 2, current value is 1",
  );
  assertThrows(
    () => linearisedDistance(new Float64Array(2), new Float64Array(4)),
    TypeError,
    "vectors must have the same length, current lengths are 2 and 4",
  );
});
