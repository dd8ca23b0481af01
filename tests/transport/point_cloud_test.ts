import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { pointCloud, pointCloudPair, pointDistance } from "../../src/transport/point_cloud.ts";

Deno.test("pointCloud() takes points one by one and in one row", () => {
  const points = pointCloud({ energies: [1, 2], positions: [[0, 1], [2, 3]] });
  const row = pointCloud({ energies: Float32Array.of(1, 2), positions: [0, 1, 2, 3] });
  assertEquals(points, row);
  assertEquals([row.count, row.dimension, row.total], [2, 2, 3]);
  assertEquals(pointCloud({ energies: [1, 2], positions: [5, 7] }).dimension, 1);
});

Deno.test("pointCloud() copies", () => {
  const energies = Float64Array.of(1, 2), positions = Float64Array.of(0, 1);
  const cloud = pointCloud({ energies, positions });
  cloud.energies[0] = cloud.positions[0] = 9;
  assertEquals([energies[0], positions[0]], [1, 0]);
});

Deno.test("pointCloud() refuses what is no cloud, naming the offender", () => {
  const refuse = (
    energies: ArrayLike<number>,
    positions: ArrayLike<number> | ArrayLike<ArrayLike<number>>,
    Kind: typeof TypeError | typeof RangeError,
    text: string,
  ) => assertThrows(() => pointCloud({ energies, positions }, "test", "B"), Kind, text);
  refuse(
    [1, -1],
    [0, 1],
    RangeError,
    "Cannot test: B.energies[1] must be finite and >= 0, current value is -1",
  );
  refuse(
    [1, NaN],
    [0, 1],
    RangeError,
    "B.energies[1] must be finite and >= 0, current value is NaN",
  );
  refuse(
    [0, 0],
    [0, 1],
    RangeError,
    "the total energy of B must be finite and > 0, current value is 0",
  );
  refuse([], [], RangeError, "the total energy of B must be finite and > 0, current value is 0");
  refuse(
    [1, 1],
    [0, NaN],
    RangeError,
    "coordinate 1 of B.positions must be finite, current value is NaN",
  );
  refuse(
    [1, 1],
    [[0, 1], [2]],
    TypeError,
    "B.positions[1] must have as many coordinates as the first point, 2, current number is 1",
  );
  refuse(
    [1, 1],
    [1, 2, 3],
    TypeError,
    "B must have a position for each of its 2 energies, current length of positions is 3",
  );
  refuse([1, 1], [], TypeError, "B must have a position for each of its 2 energies");
  refuse([1, 1], [[1, 2]], TypeError, "B must have a position for each of its 2 energies");
  // deno-lint-ignore no-explicit-any
  refuse(undefined as any, [], TypeError, "B.energies must be an array of numbers");
});

Deno.test("pointCloudPair() wants equal dimensions, and equal totals unless told otherwise", () => {
  const plane = { energies: [1], positions: [[0, 0]] }, line = { energies: [2], positions: [0] };
  assertThrows(
    () => pointCloudPair(plane, line, "test"),
    TypeError,
    "Cannot test: points of A and B must have the same dimension, current values are 2 and 1",
  );
  assertThrows(
    () => pointCloudPair(line, { energies: [3], positions: [0] }, "test"),
    RangeError,
    "Cannot test: the total energies of A and B must be equal, current values are 2 and 3",
  );
  const pair = pointCloudPair(line, { energies: [3], positions: [4] }, "test", {
    equalTotals: false,
  });
  assertAlmostEquals(pointDistance(pair[0], 0, pair[1], 0), 4);
});
