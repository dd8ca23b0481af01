import type { Model } from "../types.ts";
import type { Adam } from "./adam.ts";
import type { CheckpointValue, TrainingCheckpoint } from "./checkpoint.ts";
import { assignArrays, namedArrays } from "./named_arrays.ts";
import type { ScheduleState } from "./schedules.ts";
import type { ResumableLoss } from "./types.ts";

/** A look at a run, after an epoch or whenever it is validated. */
export interface TrainingRecord {
  /** Steps done. */
  readonly step: number;
  /** Mean loss of the rows learnt from since the record before. */
  readonly loss: number;
  /** Learning rate of the last step. */
  readonly learningRate: number;
  /** Loss of the rows to validate with. */
  readonly validationLoss?: number;
}

/** The numbers of a network. */
export interface Weights {
  /** What training changes, by name. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** Running averages, by name. */
  readonly state: ReadonlyMap<string, Float32Array>;
}

/** What changes while a run goes on, weights and optimiser apart. */
export interface RunState {
  /** Steps done. */
  step: number;
  /** Why the run is at its end, if it is. */
  ended: "steps" | "patience" | undefined;
  /** Sum of the losses of all rows since the last record. */
  lossSum: number;
  /** Rows since the last record. */
  lossRows: number;
  /** State of the learning rate's schedule. */
  schedule: ScheduleState;
  /** Validations in a row without a better loss. */
  stalled: number;
  /** The lowest validation loss, the steps done until then, and the weights of that time. */
  best: { readonly step: number; readonly loss: number; readonly weights: Weights } | undefined;
  /** All records. */
  readonly history: TrainingRecord[];
}

/** What a run consists of, for a checkpoint. */
export interface RunParts {
  readonly model: Model;
  readonly adam: Adam;
  readonly loss: ResumableLoss;
  /** What must be the same when the run is resumed. */
  readonly settings: { readonly [name: string]: CheckpointValue };
}

/**
 * All that a run needs to go on. The random streams are keyed by seed, purpose and step, so that the
 * step is all there is to know of them.
 *
 * @param state Where the run stands.
 * @param parts Network, optimiser, loss.
 * @returns The checkpoint, with copies.
 */
export async function exportRun(state: RunState, parts: RunParts): Promise<TrainingCheckpoint> {
  const { model, adam, loss, settings } = parts;
  const { best, ended, ...numbers } = state;
  const { means, variances, steps } = await adam.exportState();
  const weights = await exportWeights(model);
  const arrays = new Map([
    ..._named("parameter", weights.parameters),
    ..._named("state", weights.state),
    ..._named("mean", means),
    ..._named("variance", variances),
    ..._named("best parameter", best?.weights.parameters ?? new Map()),
    ..._named("best state", best?.weights.state ?? new Map()),
    ..._named("loss", Object.entries(loss.exportState?.() ?? {})),
  ]);
  return {
    facts: {
      settings,
      ...numbers as unknown as { [name: string]: CheckpointValue },
      ended: ended ?? null,
      best: best === undefined ? null : { step: best.step, loss: best.loss },
      adamSteps: steps,
    },
    arrays,
  };
}

/**
 * Takes network, optimiser and loss back to where {@linkcode exportRun} saw them.
 *
 * @param checkpoint The checkpoint.
 * @param parts Network, optimiser, loss; they are changed.
 * @returns Where the run stands.
 * @throws {TypeError} If the checkpoint is of a run with other settings or another network.
 */
export function importRun(checkpoint: TrainingCheckpoint, parts: RunParts): RunState {
  const { facts, arrays } = checkpoint, { model, adam, loss, settings } = parts;
  const stored = facts.settings as typeof settings;
  for (const name of new Set([...Object.keys(settings), ...Object.keys(stored)])) {
    const was = JSON.stringify(stored[name]), is = JSON.stringify(settings[name]);
    if (was !== is) {
      throw new TypeError(`it is of a run with other settings: ${name} was ${was}, is ${is}`);
    }
  }
  const group = (prefix: string) => _unnamed(prefix, arrays);
  adam.importState({
    steps: facts.adamSteps as number,
    means: group("mean"),
    variances: group("variance"),
  });
  importWeights(model, { parameters: group("parameter"), state: group("state") });
  loss.importState?.(Object.fromEntries(group("loss")));
  const { step, lossSum, lossRows, stalled, schedule, history, ended, best } =
    facts as unknown as RunState;
  return {
    step,
    lossSum,
    lossRows,
    stalled,
    schedule,
    history,
    ended: ended ?? undefined,
    best: best
      ? { ...best, weights: { parameters: group("best parameter"), state: group("best state") } }
      : undefined,
  };
}

/**
 * The numbers of a network.
 *
 * @param model The network.
 * @returns Copies of its parameters and running averages.
 */
export async function exportWeights(model: Model): Promise<Weights> {
  return { parameters: await namedArrays(model.parameters), state: await namedArrays(model.state) };
}

/**
 * Gives a network the numbers that {@linkcode exportWeights} read.
 *
 * @param model A network of the same variables.
 * @param weights The numbers; copied.
 * @throws {TypeError} If a variable's numbers are missing, or not as many as it has.
 */
export function importWeights(model: Model, weights: Weights): void {
  assignArrays(model.parameters, weights.parameters);
  assignArrays(model.state, weights.state);
}

function _named(
  prefix: string,
  arrays: Iterable<[string, Float32Array]>,
): [string, Float32Array][] {
  return [...arrays].map(([name, array]) => [`${prefix}: ${name}`, array]);
}

function _unnamed(
  prefix: string,
  arrays: ReadonlyMap<string, Float32Array>,
): Map<string, Float32Array> {
  const start = `${prefix}: `;
  const chosen = [...arrays].filter(([name]) => name.startsWith(start));
  return new Map(chosen.map(([name, array]) => [name.slice(start.length), array]));
}
