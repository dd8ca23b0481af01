/**
 * Sinkhorn's limits as quantities and figures.
 *
 * @module
 */
import { type Figure, PALETTE } from "../../src/experiments/mod.ts";
import { meanDistance, type OutputSpace } from "./output_spaces.ts";
import {
  EPSILONS,
  iterationsBySharpness,
  type Lines,
  nearEquality,
  PARTS,
  SHARPNESS,
  sinkhornErrors,
  sinkhornSurvival,
} from "./sinkhorn_limits.ts";
import { linesFigure } from "./tree_figures.ts";

/** Where numbers and figures go. */
export interface ReportSink {
  addQuantity(name: string, unit: string, values: readonly number[]): void;
  addFigure(name: string, figure: Figure): void;
}

/** Regularisations at which the kernel is tried without the log domain. */
const FINE_EPSILONS = [0.3, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.003, 0.002, 0.001];
/** Regularisation axis. */
const EPSILON_AXIS = { label: "regularisation ε", unit: "mean distance", scale: "log" } as const;

/**
 * Measures and draws what entropic transport does on a space.
 *
 * @param sink Where it goes.
 * @param space The space.
 * @param pairs Seeds of the pairs of histograms.
 * @param epsilon The regularisation, in mean distances, where it is not varied.
 */
export function reportSinkhorn(
  sink: ReportSink,
  space: OutputSpace,
  pairs: readonly number[],
  epsilon: number,
): void {
  const where = `${space.name} of ${space.size} classes, ${pairs.length} pairs`;
  _errors(sink, space, pairs, where);
  _underflow(sink, space, pairs, where);
  _iterations(sink, space, pairs, epsilon, where);
  _equality(sink, space, pairs, epsilon, where);
}

function _errors(
  sink: ReportSink,
  space: OutputSpace,
  pairs: readonly number[],
  where: string,
): void {
  const errors = sinkhornErrors(space, pairs);
  for (const [name, line] of Object.entries(errors)) {
    for (const epsilon of [0.1, 0.01]) {
      const percent = 100 * line[EPSILONS.indexOf(epsilon)];
      sink.addQuantity(`${space.name}: error of Sinkhorn's ${name}, epsilon ${epsilon}`, "%", [
        percent,
      ]);
    }
  }
  const words = {
    title: "Sinkhorn against the exact EMD",
    subtitle: where,
    x: EPSILON_AXIS,
    y: { label: "median relative error", unit: "", scale: "log" },
  } as const;
  sink.addFigure(`error_${space.name}`, linesFigure(words, EPSILONS, errors));
}

function _underflow(
  sink: ReportSink,
  space: OutputSpace,
  pairs: readonly number[],
  where: string,
): void {
  const right = sinkhornSurvival(space, pairs, FINE_EPSILONS);
  const largest = Math.max(...space.distances) / meanDistance(space);
  for (const [name, line] of Object.entries(right)) {
    const fails = line.findIndex((percent) => percent < 100);
    const finest = FINE_EPSILONS[fails < 0 ? FINE_EPSILONS.length - 1 : Math.max(fails - 1, 0)];
    sink.addQuantity(`${space.name}: largest cost over epsilon that is right, ${name}`, "", [
      largest / finest,
    ]);
  }
  const words = {
    title: "Soft outputs against one class: plans that cost the right amount",
    subtitle: where,
    caption: "exp(-M / ε) is zero in single precision from M = 104 ε, in double from 746 ε.",
    x: EPSILON_AXIS,
    y: { label: "right to 0.1 %", unit: "%", domain: [0, 105] },
  } as const;
  sink.addFigure(`underflow_${space.name}`, linesFigure(words, FINE_EPSILONS, right));
}

function _iterations(
  sink: ReportSink,
  space: OutputSpace,
  pairs: readonly number[],
  epsilon: number,
  where: string,
): void {
  const counts = iterationsBySharpness(space, pairs, epsilon);
  for (const [name, line] of Object.entries(counts)) {
    for (const sharpness of [1, SHARPNESS.at(-1)!]) {
      const what = `${space.name}: iterations, outputs sharpened ${sharpness}-fold, ${name}`;
      sink.addQuantity(what, "", [line[SHARPNESS.indexOf(sharpness)]]);
    }
  }
  const words = {
    title: "Iterations of Sinkhorn as outputs sharpen",
    subtitle: `${where}; ε = ${epsilon} mean distances; marginals right to 1e-6`,
    x: { label: "factor on the logits", unit: "", scale: "log" },
    y: { label: "median iterations", unit: "", scale: "log" },
  } as const;
  sink.addFigure(`iterations_${space.name}`, linesFigure(words, SHARPNESS, counts));
}

function _equality(
  sink: ReportSink,
  space: OutputSpace,
  pairs: readonly number[],
  epsilon: number,
  where: string,
): void {
  const { values, gradients } = nearEquality(space, pairs, epsilon);
  const at = (lines: Lines) =>
    Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, line[PARTS.length]]));
  const atEquality = at(values);
  for (const [name, value] of Object.entries(atEquality)) {
    sink.addQuantity(`${space.name}: value at equality, ${name}`, "distance", [value]);
    const parts = [
      ["at equality", at(gradients)[name]],
      ["with 1e-5 of another histogram", gradients[name][PARTS.length - 1]],
    ] as const;
    for (const [what, gradient] of parts) {
      const text = `${space.name}: largest entry of the gradient ${what}, ${name}`;
      sink.addQuantity(text, "distance", [gradient]);
    }
  }
  const words = {
    title: "What is left of values and gradients near equality",
    subtitle: `${where}; ε = ${epsilon} mean distances`,
    x: { label: "part of another histogram in the output", unit: "", scale: "log" },
    y: { label: "value, and largest entry of the gradient", unit: "distance", scale: "log" },
  } as const;
  const both = Object.fromEntries(
    Object.keys(values).flatMap((name) => [
      [`${name}, value`, values[name]],
      [`${name}, gradient`, gradients[name]],
    ]),
  );
  const figure = linesFigure(words, PARTS, both);
  sink.addFigure(`equality_${space.name}`, {
    ...figure,
    series: figure.series.map((series, k) => ({
      ...series,
      color: PALETTE[k >> 1],
      dash: k % 2 === 0 ? "dashed" : "solid",
    })) as typeof figure.series,
  });
}
