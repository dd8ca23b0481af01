import { assertAlmostEquals } from "@std/assert";
import { alignShape } from "../../../scripts/std/align_shape.ts";
import { drawToyEvent } from "../../../scripts/std/toy_events.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { moveCloud } from "../../_support/point_clouds.ts";

Deno.test("alignShape() undoes a shift, a turn by a multiple of six degrees and a mirror", () => {
  const event = drawToyEvent("three prongs", new RandomStream(1, "align"), 0.2);
  for (const mirrored of [false, true]) {
    const moved = moveCloud(event, 2 * Math.PI * 7 / 60, [4, -9], mirrored);
    const aligned = alignShape(moved, event);
    aligned.forEach((x, k) => assertAlmostEquals(x, event.positions[k], 1e-9));
  }
});
