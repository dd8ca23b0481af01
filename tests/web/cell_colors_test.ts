import { assert, assertEquals } from "@std/assert";
import { PALETTE, VIRIDIS } from "../../src/experiments/color_map.ts";
import { chargeFills, inkOn, signedFills } from "../../web/cell_colors.ts";

Deno.test("the largest charge is the brightest, and no charge has no fill", () => {
  const fills = chargeFills([0, 1e-9, 25, 100]);
  assertEquals(fills[0], undefined);
  assertEquals(fills[1]?.color, VIRIDIS[0]);
  assertEquals(fills[2]?.color, VIRIDIS[8]); // square root of 1/4: the middle
  assertEquals(fills[3], { color: VIRIDIS[16], opacity: 1 });
  assertEquals(chargeFills(new Float64Array(48)).filter(Boolean), []);
});

Deno.test("signs are told by colour, sizes by opacity", () => {
  const fills = signedFills([2, -1, 0]);
  assertEquals(fills.map((fill) => fill?.color), [PALETTE[0], PALETTE[1], PALETTE[1]]);
  const [most, half, none] = fills.map((fill) => fill!.opacity);
  assert(most === 2 * half && none === 0);
  assertEquals(signedFills([0, 0]), [undefined, undefined]);
});

Deno.test("texts are dark on bright cells and bright on dark ones", () => {
  assertEquals(inkOn({ color: VIRIDIS[16], opacity: 1 }), "#000000");
  assertEquals(inkOn({ color: VIRIDIS[0], opacity: 1 }), "#ffffff");
});
