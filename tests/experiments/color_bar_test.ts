import { assert, assertEquals } from "@std/assert";
import { colorBar } from "../../src/experiments/color_bar.ts";
import { colorScale } from "../../src/experiments/color_scale.ts";

const PLACE = { x: 100, y: 50, height: 200, label: "charge (a < b)" };

Deno.test("colorBar() puts each tick at the height of its number", () => {
  const scale = colorScale([0, 10], "linear");
  const { svg } = colorBar(scale, PLACE);
  const lines = Array.from(svg.matchAll(/<line [^>]*y1="([\d.]+)"/g), ([, y]) => Number(y));
  const expected = scale.ticks.map(({ value }) => 250 - 20 * value);
  assertEquals(lines, expected);
});

Deno.test("colorBar() covers its height from dark to bright", () => {
  const scale = colorScale([0, 10], "linear");
  const strips = Array.from(
    colorBar(scale, PLACE).svg.matchAll(/<rect [^>]*y="([\d.]+)"[^>]*fill="(#\w+)"/g),
    ([, y, fill]) => ({ y: Number(y), fill }),
  );
  assertEquals(strips.at(-1)!.y, 50);
  assertEquals(strips[0].fill, scale.colorAt(1 / 128));
  assertEquals(strips.at(-1)!.fill, scale.colorAt(127 / 128));
});

Deno.test("colorBar() escapes its label and grows wider with its tick labels", () => {
  const short = colorBar(colorScale([0, 1], "linear"), PLACE);
  const long = colorBar(colorScale([0, 1e6], "linear"), PLACE);
  assert(short.svg.includes("charge (a &lt; b)"));
  assert(long.width > short.width + 10);
});
