import { assert, assertEquals, assertThrows } from "@std/assert";
import { stackDrawings } from "../../../scripts/std/stack_drawings.ts";
import { drawWafers } from "../../../src/experiments/mod.ts";

const charges = Float64Array.from({ length: 48 }, (_, cell) => cell);
const DRAWING = drawWafers([{ title: "ramp", charges }], { color: { label: "charge", unit: "" } });

Deno.test("stacked drawings stand below each other and make one of their size", () => {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(DRAWING)!.map(Number);
  const svg = stackDrawings("two & one", [DRAWING, DRAWING]);
  const places = [...svg.matchAll(/<svg y="(\d+)"/g)].map(([, y]) => Number(y));
  assertEquals(places[1] - places[0], height);
  assert(svg.startsWith("<svg ") && svg.includes("two &amp; one"));
  assert(svg.includes(`width="${width}" height="${places[1] + height}"`));
  assertEquals(svg.split("<svg").length, svg.split("</svg>").length);
});

Deno.test("what has no size cannot be stacked", () => {
  assertThrows(() => stackDrawings("none", ["<svg/>"]), TypeError, "no SVG with width and height");
});
