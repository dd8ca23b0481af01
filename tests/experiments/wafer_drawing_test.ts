import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { viridis } from "../../src/experiments/color_map.ts";
import type { Point } from "../../src/experiments/svg.ts";
import { drawWafers, type WaferPanel } from "../../src/experiments/wafer_drawing.ts";
import { cellPositions } from "../../src/wafer/cells.ts";
import { asPaper } from "../../src/wafer/orders.ts";
import { permission, testNeeding } from "../_support/skips.ts";
import { drawings } from "./_gallery.ts";
import { OUTPUT, storedSvg } from "./_stored.ts";

const COLOR = { label: "charge", unit: "ADC counts" };
const RAMP = Array.from({ length: 48 }, (_, i) => i);
const PITCH = 100;

for (const [name, svg] of Object.entries(drawings)) {
  testNeeding(
    [permission({ name: "read", path: OUTPUT })],
    `drawWafers() draws ${name} as it is stored`,
    () => storedSvg(name, svg),
  );
}

Deno.test("drawWafers() draws 48 hexagons that do not overlap, inside the wafer", () => {
  const [outline, ...cells] = _polygons(drawWafers([{ title: "a" }], { pitch: PITCH }));
  assertEquals(cells.length, 48);
  const middle = _middle(outline.corners);
  for (const [i, cell] of cells.entries()) {
    assertEquals(cell.corners.length, 6);
    for (const corner of cell.corners) assert(_isInside(corner, outline.corners), `cell ${i}`);
    for (const other of cells.slice(0, i)) {
      for (const corner of other.corners) assert(!_isInside(corner, cell.corners), `cell ${i}`);
    }
  }
  assert(_distance(middle, _middle(cells.flatMap(({ corners }) => corners))) < 0.2 * PITCH);
});

Deno.test("drawWafers() puts cells where their published coordinates are", () => {
  const centres = _polygons(drawWafers([{ title: "a" }], { pitch: PITCH })).slice(1)
    .map(({ corners }) => _middle(corners));
  const published = cellPositions({ unit: "pitch" });
  for (let i = 0; i < 48; i++) {
    for (let j = 0; j < i; j++) {
      const dx = PITCH * (published[2 * i] - published[2 * j]);
      const dy = PITCH * (published[2 * i + 1] - published[2 * j + 1]);
      assertAlmostEquals(centres[i].x - centres[j].x, dx, 0.05);
      assertAlmostEquals(centres[i].y - centres[j].y, -dy, 0.05);
    }
  }
});

Deno.test("drawWafers() colours by charge, one scale for all wafers, pale where there is none", () => {
  const svg = drawWafers([{ title: "a", charges: RAMP }, {
    title: "b",
    charges: RAMP.map((c) => c / 2),
  }], {
    color: COLOR,
  });
  const cells = _polygons(svg).filter(({ corners }) => _size(corners) < 60);
  assertEquals(cells.length, 96);
  const fills = cells.map(({ fill }) => fill);
  assertEquals(fills[47], "#fde725");
  assertEquals(fills[48 + 46], viridis(23 / 47));
  assertEquals([fills[0], fills[48]], ["#e9e9e9", "#e9e9e9"]);
});

Deno.test("drawWafers() takes the domain and the scale of its colours", () => {
  const fillOf = (charge: number, color: object) => {
    const panel = { title: "a", charges: RAMP.with(5, charge) };
    return _polygons(drawWafers([panel], { color: { ...COLOR, ...color } }))[6].fill;
  };
  assertEquals(fillOf(100, { domain: [0, 200] }), viridis(0.5));
  assertEquals(fillOf(500, { domain: [0, 200] }), viridis(1));
  assertEquals(fillOf(10, { domain: [1, 100], scale: "log" }), viridis(0.5));
});

Deno.test("drawWafers() draws an arrow for each flow, wider for more charge", () => {
  const flows = [{ from: 0, to: 5, mass: 0.1 }, { from: 10, to: 30, mass: 0.4 }];
  const svg = drawWafers([{ title: "a", flows }], { pitch: PITCH });
  const arrows = _polygons(svg).filter(({ corners }) => corners.length === 7);
  assertEquals(arrows.length, 2);
  const [thin, wide] = arrows.map(({ corners }) => _distance(corners[0], corners[6]));
  assert(wide > 2.5 * thin);
  assert(svg.includes(">widest arrow: 40 % of the charge</text>"));
  assert(!drawWafers([{ title: "a", flows: [] }]).includes("widest"));
});

Deno.test("drawWafers() points arrows from the middle of one cell to that of another", () => {
  const svg = drawWafers([{ title: "a", flows: [{ from: 3, to: 44, mass: 0.1 }] }], {
    pitch: PITCH,
  });
  const [, ...cells] = _polygons(svg);
  const { corners } = cells.pop()!;
  const [from, to] = [3, 44].map((i) => _middle(cells[i].corners));
  assert(_distance(corners[3], to) < 0.15 * PITCH, "the tip");
  assert(_distance(_middle([corners[0], corners[6]]), from) < 0.15 * PITCH, "the foot");
});

Deno.test("drawWafers() escapes what it is told", () => {
  const panel: WaferPanel = {
    title: "a < b",
    subtitle: '"&"',
    labels: RAMP.map((i) => i === 7 ? "<7>" : ""),
    groups: [{ cells: [1], label: "a&b" }],
  };
  const svg = drawWafers([panel], { title: "<script>" });
  for (const text of ["a &lt; b", "&quot;&amp;&quot;", "&lt;7&gt;", "a&amp;b", "&lt;script&gt;"]) {
    assert(svg.includes(`>${text}</text>`), text);
  }
  assert(!svg.includes("<script"));
});

Deno.test("drawWafers() gives equal text for equal input and changes nothing", () => {
  const charges = Float32Array.from(RAMP);
  const panels = [{ title: "a", charges, flows: [{ from: 3, to: 4, mass: 0.3 }] }];
  const copy = structuredClone(panels);
  assertEquals(drawWafers(panels, { color: COLOR }), drawWafers(copy, { color: COLOR }));
  assertEquals(panels, copy);
});

Deno.test("drawWafers() draws wafers without any charge, with a colour bar", () => {
  for (const scale of ["linear", "log"] as const) {
    const panels = [{ title: "empty", charges: RAMP.map(() => 0) }];
    assert(drawWafers(panels, { color: { ...COLOR, scale } }).includes("charge (ADC counts)"));
  }
});

Deno.test("drawWafers() does not compile with charges in paper order", () => {
  // @ts-expect-error: the charges are marked as paper order
  const panel: WaferPanel = { title: "a", charges: asPaper(RAMP) };
  assertEquals(panel.title, "a");
});

Deno.test("drawWafers() refuses what cannot be drawn", () => {
  assertThrows(
    () => drawWafers([{ title: "a", charges: RAMP.with(9, -1) }], { color: COLOR }),
    RangeError,
    'Cannot draw wafer "a": charge of cell 9 must be finite and >= 0, current value is -1',
  );
});

interface Polygon {
  readonly corners: Point[];
  readonly fill: string;
}

function _polygons(svg: string): Polygon[] {
  return Array.from(
    svg.matchAll(/<polygon points="([^"]+)" fill="([^"]+)"/g),
    ([, list, fill]) => ({
      corners: list.split(" ").map((pair) => {
        const [x, y] = pair.split(",").map(Number);
        return { x, y };
      }),
      fill,
    }),
  );
}

function _middle(points: readonly Point[]): Point {
  const mean = (name: "x" | "y") => points.reduce((sum, p) => sum + p[name], 0) / points.length;
  return { x: mean("x"), y: mean("y") };
}

function _distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function _size(corners: readonly Point[]): number {
  return Math.max(...corners.map((corner) => _distance(corner, corners[0])));
}

/** Whether a place lies strictly inside a convex polygon. */
function _isInside(place: Point, corners: readonly Point[]): boolean {
  const sides = corners.map((a, i) => {
    const b = corners[(i + 1) % corners.length];
    return (b.x - a.x) * (place.y - a.y) - (b.y - a.y) * (place.x - a.x);
  });
  return sides.every((side) => side > 0) || sides.every((side) => side < 0);
}
