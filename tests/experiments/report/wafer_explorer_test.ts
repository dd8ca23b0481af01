import { assert, assertEquals } from "@std/assert";
import { waferExplorer } from "../../../src/experiments/report/wafer_explorer.ts";
import { waferEmd } from "../../../src/wafer/emd.ts";

const hits = (...cells: readonly number[]) =>
  Array.from({ length: 48 }, (_, cell) => cells.includes(cell) ? 40 : 0);
const FILE = {
  order: "train",
  wafers: [hits(0), hits(1, 20), hits(2, 3, 30)],
  reconstructions: {
    exact_emd: [hits(0), hits(1, 21), hits(2, 3, 31)],
    telescope_mse: [hits(40), hits(1, 46), hits(9, 17, 25)],
  },
  emd: { exact_emd: [0, 1, 2 / 3], telescope_mse: [11, 4, 5] },
} as const;

Deno.test("each wafer has a radio button, an article, and the rule that connects both", () => {
  const { text } = waferExplorer(FILE);
  for (const k of [0, 1, 2]) {
    for (const part of [`id="pick-${k}"`, `id="wafer-${k}"`, `#pick-${k}:checked) #wafer-${k} {`]) {
      assertEquals(text.split(part).length, 2, part);
    }
  }
  assertEquals(text.match(/name="wafer"[^>]* checked/g)?.length, 1);
});

Deno.test("panels tell the EMD, mark the least, and have as many arrows as the optimal flow", () => {
  const { text } = waferExplorer(FILE);
  const articles = text.split("<article").slice(1);
  assert(articles[1].includes("EMD 1.00, the least") && articles[1].includes("EMD 4.00<"));
  const { flows } = waferEmd(FILE.wafers[1], FILE.reconstructions.telescope_mse[1]);
  const panels = articles[1].split("<figure").slice(1);
  assertEquals(panels.length, 3);
  const arrows = (panel: string) => panel.match(/fill="currentColor"/g)?.length ?? 0;
  assertEquals(arrows(panels[2]), flows.length);
  assert(flows.length > 0);
  assertEquals(arrows(panels[0]), 0);
});

Deno.test("a reconstruction without charge is shown as an even wafer, as it was judged", () => {
  const { text } = waferExplorer({
    ...FILE,
    wafers: [hits(0)],
    reconstructions: { exact_emd: [hits()] },
    emd: { exact_emd: [7.44] },
  });
  const [, panel] = text.split("<article")[1].split("<figure").slice(1);
  assertEquals(panel.match(/href="#cell"[^>]* fill=/g)?.length, 48);
  assert(panel.includes("currentColor"));
});
