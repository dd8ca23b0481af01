import { assert, assertEquals } from "@std/assert";
import { drawClouds } from "../../../scripts/std/draw_clouds.ts";

const EVENT = {
  energies: Float64Array.of(0.2, 0.8, 0),
  positions: Float64Array.of(0, 0, 1, 0, 0, 1),
};

Deno.test("drawClouds() draws a disc for each point with energy, and the shapes", () => {
  const svg = drawClouds("A <title>", "less", ["one", "two"], [{
    label: "row",
    panels: [
      {
        event: EVENT,
        overlay: { kind: "line", positions: [0, 0, 1, 0], closed: true },
        note: "0.5",
        marked: true,
      },
      { event: EVENT, overlay: { kind: "points", points: EVENT }, note: "0.25", marked: false },
    ],
  }]);
  const count = (text: string) => svg.split(text).length - 1;
  assert(svg.startsWith("<svg ") && svg.includes("A &lt;title&gt;"));
  assertEquals([count("<polygon"), count("<circle")], [1, 2 + 2 + 3]);
  for (const text of ["one", "two", "row", "0.5", "0.25"]) assert(svg.includes(`>${text}</text>`));
  // Areas are as the energies: the radii as their roots.
  const radii = [...svg.matchAll(/ r="([\d.]+)"/g)].slice(0, 2).map(([, r]) => Number(r));
  assert(Math.abs(radii[1] / radii[0] - 2) < 0.01);
});
