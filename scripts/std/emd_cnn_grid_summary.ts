/**
 * The configurations of Table B1 that have been trained, beside what is printed of them.
 *
 * @module
 */
import {
  defineExperiment,
  type Experiment,
  type Figure,
  type JsonObject,
  type Quantity,
} from "../../src/experiments/mod.ts";
import { jobName, PRINTED } from "./emd_cnn_grid.ts";

/**
 * The experiment that sums up the search: sigma of each configuration of Table B1 that has been trained.
 *
 * @param sigmas The measured sigma of each job that is done, per cent, by the job's name.
 * @returns The experiment; its configuration must say which jobs these are, and how they were trained.
 */
export function gridSummary(sigmas: ReadonlyMap<string, Quantity>): Experiment<JsonObject> {
  return defineExperiment({
    name: "table_b1",
    title: "Table B1: sigma of the EMD CNN by its configuration",
    run({ addQuantity, addFigure }) {
      const trained = PRINTED.flatMap(({ number, job, sigma }) => {
        const measured = sigmas.get(jobName(job));
        return measured === undefined ? [] : [{ number, job, paper: 100 * sigma, measured }];
      });
      for (const { number, job, paper, measured } of trained) {
        const name = `configuration ${number} (${jobName(job)}): sigma`;
        addQuantity(name, "%", measured.values, { paper: Number(paper.toFixed(1)) });
      }
      addFigure(
        "sigma",
        _figure(trained.map(({ number, measured }) => [number, measured] as const)),
      );
    },
  });
}

function _figure(trained: readonly (readonly [number: number, sigma: Quantity])[]): Figure {
  const spreads = trained.map(([, { spread }]) => spread ?? 0);
  return {
    title: "Table B1: sigma of the EMD CNN, relative to the EMD",
    subtitle: `${trained.length} of ${PRINTED.length} configurations have been trained here`,
    x: { label: "configuration of Table B1", unit: "", domain: [0.5, PRINTED.length + 0.5] },
    y: { label: "sigma", unit: "%" },
    series: [
      {
        kind: "points",
        name: "paper",
        x: PRINTED.map(({ number }) => number),
        y: PRINTED.map(({ sigma }) => 100 * sigma),
      },
      ...trained.length === 0 ? [] : [
        {
          kind: "points",
          name: "here",
          x: trained.map(([number]) => number),
          y: trained.map(([, { mean }]) => mean),
          yError: { low: spreads, high: spreads },
        } as const,
      ],
    ],
  };
}
