import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { drawToyEvent, TOY_SHAPES } from "../../../scripts/std/toy_events.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";

/** Largest distance between two points of an event without blur. */
const DIAMETERS = { ring: 2, segment: 2, "two prongs": 2, "three prongs": Math.sqrt(3) };

Deno.test("drawToyEvent() draws each shape in its size, of total energy one", () => {
  for (const shape of TOY_SHAPES) {
    const { energies, positions } = drawToyEvent(shape, new RandomStream(1, shape), 0);
    assertAlmostEquals(energies.reduce((sum, energy) => sum + energy, 0), 1, 1e-12);
    let largest = 0;
    for (let i = 0; i < positions.length; i += 2) {
      for (let j = 0; j < i; j += 2) {
        const distance = Math.hypot(
          positions[i] - positions[j],
          positions[i + 1] - positions[j + 1],
        );
        largest = Math.max(largest, distance);
      }
    }
    assert(largest <= DIAMETERS[shape] + 1e-12 && largest > 0.85 * DIAMETERS[shape], shape);
  }
});

Deno.test("drawToyEvent() follows from the stream", () => {
  const draw = (index: number) => drawToyEvent("ring", new RandomStream(1, "event", index), 0.1);
  assertEquals(draw(3), draw(3));
  assert(draw(3).energies[0] !== draw(4).energies[0]);
});
