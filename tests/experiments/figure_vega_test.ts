import { assert, assertEquals, assertRejects } from "@std/assert";
import { figureSvg, toVegaLite } from "../../src/experiments/figure_vega.ts";
import type { Figure } from "../../src/experiments/figure.ts";
import { permission, testNeeding } from "../_support/skips.ts";
import { figures } from "./_gallery.ts";
import { OUTPUT, storedSvg } from "./_stored.ts";

for (const [name, figure] of Object.entries(figures)) {
  testNeeding(
    [permission({ name: "read", path: OUTPUT })],
    `figureSvg() draws ${name} as it is stored`,
    async () => storedSvg(name, await figureSvg(figure)),
  );
}

Deno.test("figureSvg() gives equal text for equal figures, in any order and at once", async () => {
  const { histogram, heatmap } = figures;
  const first = await figureSvg(histogram);
  const [later, other, again] = await Promise.all(
    [histogram, heatmap, structuredClone(histogram)].map(figureSvg),
  );
  assertEquals([later, again], [first, first]);
  assert(other !== first);
});

Deno.test("figureSvg() defines each name that it uses, and other figures have others", async () => {
  const [one, other] = await Promise.all([figures.resolution, figures.heatmap].map(figureSvg));
  const defined = (svg: string) => Array.from(svg.matchAll(/ id="([^"]+)"/g), ([, name]) => name);
  const used = Array.from(one.matchAll(/url\(#([^)]+)\)/g), ([, name]) => name);
  assertEquals(new Set(used), new Set(defined(one)));
  assertEquals(defined(one).filter((name) => defined(other).includes(name)), []);
});

Deno.test("figureSvg() escapes text and takes it letter by letter", async () => {
  const hostile = '<b id="x"> & "$&" \' url(#clip1)';
  const axis = { label: hostile, unit: "" };
  const line = { kind: "line", name: hostile, x: [0, 1], y: [0, 1] } as const;
  const svg = await figureSvg({ title: hostile, caption: "$1", x: axis, y: axis, series: [line] });
  const plain = svg.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'").replaceAll("&amp;", "&");
  assertEquals(plain.split(hostile).length - 1 >= 4, true);
  assert(!svg.includes("<b id"));
  assert(plain.includes(`aria-label="${hostile}: $1"`));
});

Deno.test("figureSvg() shows texts, units, legend and reference lines", async () => {
  const svg = await figureSvg(figures.resolution);
  for (
    const text of [
      "Median EMD against occupancy",
      "EMD (half pitch)",
      "occupied trigger cells (&gt; 1 MIP_T)",
      "central 68 %, telescope",
      "published 5-bit network",
    ]
  ) {
    assert(svg.includes(`>${text}</text>`), text);
  }
  assert(!(await figureSvg({ ...figures.resolution, legend: "none" })).includes(">sliced</text>"));
});

Deno.test("figureSvg() writes an SVG with a size", async () => {
  const svg = await figureSvg({ ...figures.histogram, width: 200, height: 100 });
  const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
  assert(width > 200 && width < 500 && height > 100 && height < 300, `${width} x ${height}`);
});

Deno.test("figureSvg() rejects what cannot be drawn", async () => {
  const axis = { label: "x", unit: "" };
  const empty: Figure = { title: "T", x: axis, y: axis, series: [] };
  await assertRejects(() => figureSvg(empty), RangeError, 'Cannot draw figure "T"');
});

Deno.test("toVegaLite() writes plain JSON", () => {
  for (const figure of Object.values(figures)) {
    const spec = toVegaLite(figure);
    assertEquals(JSON.parse(JSON.stringify(spec)), spec);
  }
});
