import { assert, assertEquals, assertRejects } from "@std/assert";
import { readReport } from "../../../scripts/std/read_report.ts";
import {
  defineExperiment,
  memoryStore,
  reproductionBytes,
  runExperiment,
  type Store,
} from "../../../src/experiments/mod.ts";
import { reportData, row } from "../../experiments/report/_parts.ts";

const TEXT = new TextEncoder();

Deno.test("results are read with what their files hold, and what is not done has none", async () => {
  const store = memoryStore(), folder = await _run(store);
  await _state(store, [row({ folder }), row({ name: "a", state: "waiting" })]);
  await store.write("live/index.html", TEXT.encode("<!doctype html>"));
  const { parts, livePage, reproduction } = await readReport(store, "results");
  const [{ found }, waiting] = parts;
  assertEquals(found!.result.quantities[0].mean, 1);
  assertEquals(found!.run.commit, "c0ffee");
  const [plot, drawing] = found!.figures;
  assert(plot.svg?.startsWith("<svg") && plot.png?.length && plot.plotly?.data.length === 1);
  assert(drawing.svg?.startsWith("<svg") && drawing.plotly === undefined);
  assertEquals(found!.reconstructions?.wafers.length, 1);
  assertEquals([waiting.found, livePage], [undefined, "live/index.html"]);
  assertEquals(reproduction.seed, 1);
});

Deno.test("a result that is lost or cut off is told in its place, beside the others", async () => {
  const store = memoryStore(), folder = await _run(store);
  await store.write("b/1/result.json", TEXT.encode('{"schema": 1'));
  await _state(store, [
    row({ folder }),
    row({ name: "a", folder: "a/1" }),
    row({ name: "b", folder: "b/1" }),
    row({ name: "c", folder: "../c" }),
  ]);
  const { parts } = await readReport(store, "results");
  assert(parts[0].found);
  assertEquals(parts[1].problem, "a/1/result.json is missing");
  assert(parts[2].problem!.includes("must be JSON"));
  assert(parts[3].problem!.includes("must be relative"));
});

Deno.test("without a reproduction, or with one of another version, one sentence says so", async () => {
  const store = memoryStore();
  await assertRejects(
    () => readReport(store, "elsewhere"),
    Error,
    "Cannot write the report: elsewhere/reproduction.json is missing",
  );
  await store.write("reproduction.json", TEXT.encode('{"schema": "hexmover/reproduction/0"}'));
  await assertRejects(() => readReport(store, "elsewhere"), RangeError, "older version");
});

/** An experiment with a plot, a drawing and a wafer, and its folder. */
async function _run(store: Store): Promise<string> {
  const even = Array(48).fill(1);
  const experiment = defineExperiment({
    name: "fig6_autoencoder",
    title: "Fig. 6",
    run({ addQuantity, addFigure, addFile }) {
      const axis = { label: "x", unit: "" };
      addQuantity("gain", "%", [1]);
      addFigure("plot", {
        title: "A line",
        x: axis,
        y: axis,
        series: [{ kind: "line", x: [0, 1], y: [0, 1] }],
      });
      addFigure("drawing", {
        title: "Nothing",
        svg: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      });
      const shown = {
        order: "train",
        wafers: [even],
        reconstructions: { exact_emd: [even] },
        emd: { exact_emd: [0] },
      };
      addFile("reconstructions.json", TEXT.encode(JSON.stringify(shown)));
    },
  });
  const inputs = { config: {}, seeds: [1], dataChecksum: "", backend: "", version: "" };
  const provenance = { commit: "c0ffee" };
  return (await runExperiment(experiment, { ...inputs, store, provenance })).folder;
}

async function _state(store: Store, experiments: readonly ReturnType<typeof row>[]): Promise<void> {
  const { reproduction } = reportData();
  await store.write("reproduction.json", reproductionBytes({ ...reproduction, experiments }));
}
