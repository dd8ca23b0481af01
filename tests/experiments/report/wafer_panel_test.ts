import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { viridis } from "../../../src/experiments/color_map.ts";
import { waferPanel, waferPanelShapes } from "../../../src/experiments/report/wafer_panel.ts";
import { cellPositions } from "../../../src/wafer/cells.ts";

const OPTIONS = { label: "A wafer", brightest: 100, faintest: 0.5 };

Deno.test("48 cells stand where they are, coloured by the root of their charge", () => {
  const charges = Array<number>(48).fill(0).with(7, 100).with(8, 25).with(9, 0.4).with(10, 300);
  const { text } = waferPanel(charges, OPTIONS);
  const cells = [
    ...text.matchAll(/<use href="#cell" x="([-\d.]+)" y="([-\d.]+)"(?: fill="(.+?)")?/g),
  ];
  assertEquals(cells.length, 48);
  assertEquals(
    [7, 8, 9, 10, 11].map((cell) => cells[cell][3]),
    [viridis(1), viridis(0.5), undefined, viridis(1), undefined],
  );
  const positions = cellPositions({ geometry: "low_density", unit: "pitch" });
  const apart = Math.hypot(+cells[0][1] - +cells[1][1], +cells[0][2] - +cells[1][2]);
  const expected = Math.hypot(positions[0] - positions[2], positions[1] - positions[3]);
  assertAlmostEquals(apart / 24, expected, 1e-2);
});

Deno.test("flows are arrows in the page's colour, the widest on top", () => {
  const flows = [{ from: 0, to: 9, mass: 0.5 }, { from: 1, to: 9, mass: 0.1 }];
  const { text } = waferPanel(Array(48).fill(1), { ...OPTIONS, flows, widest: 0.5 });
  const opacities = [...text.matchAll(/fill="currentColor" fill-opacity="([\d.]+)"/g)];
  assertEquals(opacities.map(([, opacity]) => Number(opacity)), [0.63, 0.95]);
  assert(!waferPanel(Array(48).fill(1), OPTIONS).text.includes("flows"));
});

Deno.test("the shapes that panels refer to are defined once, and labels are escaped", () => {
  const shapes = waferPanelShapes().text;
  for (const id of ["cell", "outline"]) assertEquals(shapes.split(`id="${id}"`).length, 2);
  assert(waferPanel(Array(48).fill(1), { ...OPTIONS, label: '"<' }).text.includes("&quot;&lt;"));
});
