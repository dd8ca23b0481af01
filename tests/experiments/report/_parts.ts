/** Experiments of a reproduction, as the tests of the report need them. */
import { quantity } from "../../../src/experiments/quantity.ts";
import type { ReproducedExperiment } from "../../../src/experiments/reproduction.ts";
import type { ReportData, ReportPart } from "../../../src/experiments/report/types.ts";

/** Text that would change a page that did not escape it. */
export const NASTY = `<img src=x onerror=alert(1)> & "quoted" 'twice' </script>`;

/** The row of an experiment. */
export function row(change: Partial<ReproducedExperiment> = {}): ReproducedExperiment {
  return {
    name: "fig6_autoencoder",
    of: "Fig. 6",
    shows: "Fig. 6, the autoencoder by its loss",
    script: "scripts/fig6_autoencoder.ts",
    arguments: ["--seed", "1"],
    preset: "quick",
    state: "done",
    folder: "fig6_autoencoder/0a1b",
    plannedMinutes: 2,
    ...change,
  };
}

/** A finished experiment with two published quantities, another one, a plot and a drawing. */
export function donePart(change: Partial<ReproducedExperiment> = {}): ReportPart {
  const experiment = row(change), svg = '<svg width="40" height="20"/>';
  return {
    experiment,
    found: {
      result: {
        schema: 1,
        experiment: experiment.name,
        config: { steps: 700 },
        seeds: [1, 2],
        dataChecksum: "ab".repeat(32),
        backend: "wasm",
        version: "0.1.0",
        quantities: [
          quantity("gain", "%", [31, 33, 36], { paper: 35 }),
          quantity("bias", "%", [-4.1, -4, -4.2], { paper: -1.3 }),
          quantity("median EMD", "half pitch", [1.1, 1.2]),
        ],
        figures: [],
      },
      run: {
        time: "2025-03-04T05:06:07.000Z",
        host: "unknown",
        platform: "linux x86_64",
        cores: 2,
        deno: "2.9.6",
        commit: "c0ffee",
        seconds: 87.4,
      },
      figures: [
        {
          name: "medians",
          title: "Medians by eta",
          files: ["medians.svg", "medians.png", "medians.plotly.json"],
          svg,
          plotly: {
            data: [{ x: [1] }],
            layout: { height: 450, title: { text: "Medians", subtitle: { text: "2 seeds" } } },
          },
        },
        { name: "wafers", title: "Some wafers", files: ["wafers.svg"], svg },
      ],
    },
  };
}

/** A reproduction of which one experiment of each state is left. */
export function reportData(change: Partial<ReportData> = {}): ReportData {
  const wafer = Array<number>(48).fill(0).with(3, 80).with(4, 20);
  const done = donePart();
  const { of: _of, ...beyond } = row({ name: "outlook", shows: "outlook", state: "waiting" });
  const parts: ReportPart[] = [
    { experiment: beyond },
    { experiment: row({ name: "fig7", of: "Fig. 7", shows: "electrons", state: "running" }) },
    {
      experiment: row({ name: "fig5", of: "Fig. 5", shows: "CNN", state: "failed", error: NASTY }),
    },
    {
      ...done,
      found: {
        ...done.found!,
        reconstructions: {
          order: "train",
          wafers: [wafer, wafer.toReversed()],
          reconstructions: { exact_emd: [wafer, wafer], telescope_mse: [wafer, wafer] },
          emd: { exact_emd: [0, 9], telescope_mse: [0, 9] },
        },
      },
    },
  ];
  return {
    reproduction: {
      schema: "hexmover/reproduction/1",
      version: "0.1.0",
      preset: "quick",
      seed: 1,
      input: "data/sample.csv",
      backend: "wasm",
      startedAt: "2025-03-04T05:00:00.000Z",
      machine: { host: "unknown", platform: "linux x86_64", cores: 2, deno: "2.9.6" },
      experiments: parts.map(({ experiment }) => experiment),
    },
    parts,
    ...change,
  };
}
