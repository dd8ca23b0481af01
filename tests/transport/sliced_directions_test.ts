import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { fixedDirections, randomDirections } from "../../src/transport/sliced_directions.ts";

Deno.test("fixedDirections() divide half a turn evenly", () => {
  const directions = fixedDirections(6);
  for (let l = 0; l < 6; l++) {
    const angle = Math.atan2(directions[2 * l + 1], directions[2 * l]);
    assertAlmostEquals(angle, l * Math.PI / 6, 1e-14);
  }
});

Deno.test("randomDirections() are unit vectors that favour no axis", () => {
  for (const dimension of [1, 2, 3, 5]) {
    const count = 20_000, random = new RandomStream(161, "directions");
    const directions = randomDirections(count, dimension, random);
    assertEquals(directions.length, count * dimension);
    const squares = new Float64Array(dimension);
    for (let l = 0; l < count; l++) {
      let length = 0;
      for (let axis = 0; axis < dimension; axis++) {
        const square = directions[l * dimension + axis] ** 2;
        squares[axis] += square / count;
        length += square;
      }
      assertAlmostEquals(length, 1, 1e-14);
    }
    squares.forEach((square) => assertAlmostEquals(square, 1 / dimension, 0.015));
  }
  const again = () => randomDirections(3, 2, new RandomStream(162, "directions"));
  assertEquals([...again()], [...again()]);
  assert(again()[0] !== randomDirections(3, 2, new RandomStream(163, "directions"))[0]);
});

Deno.test("directions refuse numbers that are none", () => {
  const text = "Cannot make directions: their number must be a positive integer, current value is";
  for (const count of [0, 1.5, NaN]) {
    assertThrows(() => fixedDirections(count), RangeError, `${text} ${count}`);
  }
  assertThrows(
    () => randomDirections(1, 0, new RandomStream(1, "directions")),
    RangeError,
    "dimension must be a positive integer, current value is 0",
  );
});
