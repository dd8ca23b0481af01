/**
 * A run on the toy network, for tests that train it in several ways or places.
 *
 * @module
 */
import { fileStore } from "../../../src/experiments/store_deno.ts";
import { plateauRate } from "../../../src/tensor/training/schedules.ts";
import type { TrainingOptions } from "../../../src/tensor/training/training_options.ts";
import type { TensorLoss } from "../../../src/tensor/types.ts";
import { graphLoss, hostLoss, toyData, toyModel, type ToyOptions } from "./_toy_model.ts";

export interface ToyJobOptions extends ToyOptions {
  readonly loss?: "graph" | "host";
  readonly steps?: number;
  readonly batchSize?: number;
  /** Folder for checkpoints. */
  readonly folder?: string;
  /** Milliseconds that each loss takes. */
  readonly delay?: number;
  /** At which call with so many outputs the loss throws, or never answers. */
  readonly fails?: {
    readonly outputs: number;
    readonly call: number;
    readonly how: "throws" | "sleeps";
  };
  /** Whether every copy has weights of its own. */
  readonly unseeded?: boolean;
}

let copies = 0;

/** With everything that has to survive an interruption. */
export function toyJob(options: ToyJobOptions = {}): TrainingOptions {
  const { loss = "graph", steps = 60, batchSize = 8, folder, delay, fails } = options;
  return {
    model: toyModel(options.unseeded ? Math.floor(1e9 * Math.random()) + copies++ : 1, options),
    loss: _spoilt(loss === "graph" ? graphLoss() : hostLoss(), delay, fails),
    data: toyData(1, 50),
    validation: toyData(2, 20),
    batchSize,
    steps,
    validateEverySteps: 5,
    seed: 3,
    learningRate: plateauRate({ start: 0.1, factor: 0.5, patience: 0, threshold: 0.05 }),
    augment: ({ inputs, targets, count }, random) => {
      for (let row = 0; row < count; row++) {
        const scale = 0.9 + 0.2 * random.uniform();
        for (const rows of [inputs, targets]) {
          const size = rows.length / count;
          for (let k = row * size; k < (row + 1) * size; k++) rows[k] *= scale;
        }
      }
    },
    ...(folder === undefined
      ? {}
      : { checkpoint: { store: fileStore(folder), name: "toy", everySteps: 3 } }),
  };
}

function _spoilt(
  loss: TensorLoss,
  delay: number | undefined,
  fails: ToyJobOptions["fails"],
): TensorLoss {
  if (delay === undefined && fails === undefined) return loss;
  let calls = 0;
  return {
    ...loss,
    valueAndGradient: async (target, output) => {
      if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, delay));
      if (fails?.outputs === output.length && ++calls === fails.call) {
        if (fails.how === "sleeps") return new Promise(() => {});
        throw new Error("the loss broke down");
      }
      return loss.valueAndGradient(target, output);
    },
  };
}

/** Frees what a job's network has. */
export function disposeOf(job: TrainingOptions): void {
  job.model.dispose();
}
