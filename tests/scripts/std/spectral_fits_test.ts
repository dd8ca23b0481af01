import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { COMPARED_SHAPES, fitRow, fitShape, leads } from "../../../scripts/std/spectral_fits.ts";
import { drawToyEvent, TOY_SHAPES } from "../../../scripts/std/toy_events.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";

Deno.test("leads() puts the shape of an event ahead", () => {
  COMPARED_SHAPES.forEach((shape, s) => {
    const event = drawToyEvent(shape, new RandomStream(2, shape), 0.05);
    const ahead = leads(event);
    assertEquals(ahead.map((lead) => lead > 0), COMPARED_SHAPES.map((_, other) => other === s));
  });
});

Deno.test("fitShape() lays two prongs over an event of two points", () => {
  const event = { energies: Float64Array.of(1, 3), positions: Float64Array.of(5, 5, 8, 9) };
  const { likeness, overlay } = fitShape("two prongs", event), shape = overlay();
  assertAlmostEquals(likeness, 1, 1e-12);
  assert(shape.kind === "points");
  assertAlmostEquals(shape.points.energies[0], 1, 1e-6);
  // Turned by multiples of six degrees: a twentieth of the distance of five, at most.
  shape.points.positions.forEach((x, k) => assertAlmostEquals(x, event.positions[k], 0.25));
});

Deno.test("fitRow() has a panel for each shape and marks the best", () => {
  const { panels } = fitRow("event", drawToyEvent("ring", new RandomStream(3, "ring"), 0.05));
  assertEquals(panels.map(({ marked }) => marked), TOY_SHAPES.map((shape) => shape === "ring"));
  assertEquals(panels.map(({ overlay }) => overlay.kind), ["line", "line", "points", "points"]);
});
