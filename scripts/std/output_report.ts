/**
 * How free outputs on a space converge, and how long their losses take, as quantities, figures and claims.
 *
 * @module
 */
import type { ExperimentContext } from "../../src/experiments/mod.ts";
import type { MeasuredClaim } from "./claim_table.ts";
import type { ClassTimes } from "./class_times.ts";
import { descend, type Descent, stepsTo } from "./output_descent.ts";
import { OUTPUT_LOSSES, type OutputLoss, outputLoss } from "./output_losses.ts";
import { type OutputSpace, peakedHistogram } from "./output_spaces.ts";
import { reportSinkhorn } from "./sinkhorn_report.ts";
import { descentFigure, linesFigure } from "./tree_figures.ts";

/** What is done with free outputs. */
export type OutputConfig = {
  readonly outputs: {
    /** There are 4^depth classes. */
    readonly depth: number;
    /** Targets, and pairs of histograms. */
    readonly pairs: number;
    /** Steps of a descent. */
    readonly steps: number;
    /** The regularisation, in mean distances of classes. */
    readonly epsilon: number;
  };
  /** Milliseconds; none unless asked for. */
  readonly times: { readonly steps: ClassTimes; readonly classes: ClassTimes };
};

/** Parts of the first EMD that descents are timed by. */
const REACHED = { "10 %": 0.1, "1 %": 0.01 };

/**
 * Descents on a space, and what Sinkhorn does there.
 *
 * @param context Configuration, seeds, and where numbers and figures go.
 * @param space The space.
 * @returns Claims on it.
 */
export function reportOutputs<C extends OutputConfig>(
  context: ExperimentContext<C>,
  space: OutputSpace,
): MeasuredClaim[] {
  const { config: { outputs: { pairs, steps, epsilon }, times }, seeds, progress } = context;
  const targetSeeds = Array.from({ length: pairs }, (_, k) => 1000 * seeds[0] + k);
  const targets = targetSeeds.map((seed) => peakedHistogram(space.size, seed, "target"));
  const descents = new Map<OutputLoss, Descent>();
  for (const name of OUTPUT_LOSSES) {
    descents.set(name, descend(space, outputLoss(name, space, epsilon), targets, steps));
    progress(descents.size, OUTPUT_LOSSES.length, `outputs on a ${space.name}`);
  }
  const stepsOf = (name: OutputLoss, part: number) =>
    descents.get(name)!.curves.map((curve) => stepsTo(curve, part));
  for (const [name, { curves }] of descents) {
    for (const [text, part] of Object.entries(REACHED)) {
      const what = `${space.name}: steps to ${text} of the first EMD (at most ${
        steps + 1
      }), ${name}`;
      context.addQuantity(what, "", stepsOf(name, part));
    }
    const left = curves.map((curve) => 100 * curve[steps]);
    context.addQuantity(`${space.name}: EMD left after ${steps} steps, ${name}`, "%", left);
  }
  context.addFigure(`steps_${space.name}`, descentFigure(space.name, descents));
  if ("exact" in times.steps) {
    const milliseconds = (loss: string) => times.steps[loss][space.name];
    context.addFigure(`seconds_${space.name}`, descentFigure(space.name, descents, milliseconds));
  }
  reportSinkhorn(context, space, targetSeeds, epsilon);
  const lead = (other: OutputLoss, part: number) => {
    const own = stepsOf("relaxed", part);
    return stepsOf(other, part).map((count, k) => count - own[k]);
  };
  const faster = (["exact", "Sinkhorn", "Sinkhorn divergence"] as const).flatMap((other) =>
    Object.entries(REACHED).map(([text, part]) => ({
      claim: `On a ${space.name} the relaxed gradient takes outputs to ${text} of the EMD faster ` +
        `than that of ${other === "exact" ? "the exact EMD" : other}`,
      source: other === "exact" ? "Martinez et al." : "to be expected",
      measured: "steps fewer",
      unit: "",
      differences: lead(other, part),
    }))
  );
  return [...faster, {
    claim: `On a ${space.name} Sinkhorn without debiasing is not zero at equality`,
    source: "Feydy et al.",
    measured: "value",
    unit: "distance",
    differences: targets.map((q) => outputLoss("Sinkhorn", space, epsilon)(q, q).value),
  }];
}

/**
 * Times, where the configuration has some.
 *
 * @param context Configuration, and where numbers and figures go.
 */
export function reportTimes<C extends OutputConfig>(context: ExperimentContext<C>): void {
  const { config: { times, outputs } } = context;
  for (const [loss, bySpace] of Object.entries(times.steps)) {
    for (const [space, time] of Object.entries(bySpace)) {
      context.addQuantity(`${space}: time of a value with its gradient, ${loss}`, "ms", [time]);
    }
  }
  const rows = Object.entries(times.classes);
  if (rows.length === 0) return;
  for (const [name, bySize] of rows) {
    for (const [size, time] of Object.entries(bySize)) {
      context.addQuantity(`${size} classes: time of a row, ${name}`, "ms", [time]);
    }
  }
  const sizes = Object.keys(rows[0][1]);
  const words = {
    title: "Time of a value with its gradient against the number of classes",
    subtitle: `chain; ε = ${outputs.epsilon} mean distances; one core`,
    x: { label: "classes", unit: "", scale: "log" },
    y: { label: "time of a row", unit: "ms", scale: "log" },
  } as const;
  const lines = rows.map(([name, bySize]) => [name, sizes.map((size) => bySize[size])]);
  context.addFigure("speed", linesFigure(words, sizes.map(Number), Object.fromEntries(lines)));
}
