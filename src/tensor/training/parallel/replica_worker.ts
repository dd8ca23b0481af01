/**
 * A worker of {@linkcode trainParallel}: builds a network and trains it together with its equals.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { useBackend } from "../../backend.ts";
import { exportWeights } from "../run_state.ts";
import { train } from "../train.ts";
import type { TrainingOptions } from "../training_options.ts";
import { countShared } from "../training_step.ts";
import { assertEqualWeights } from "./equal_weights.ts";
import type { BuildRequest, ReplicaReply, TrainRequest } from "./types.ts";
import { SharedSum, stopRequested } from "./shared_sum.ts";

let _options: TrainingOptions | undefined;

self.onmessage = async ({ data }: MessageEvent<BuildRequest | TrainRequest>) => {
  try {
    if (data.kind === "build") await _build(data);
    else await _train(data, _options!);
  } catch (error) {
    _reply({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};

async function _build(request: BuildRequest): Promise<void> {
  await useBackend(request.backend);
  const build = (await import(request.module))[request.export];
  if (typeof build !== "function") {
    throw new TypeError(`${request.module} exports no function ${request.export}`);
  }
  _options = await build(request.options) as TrainingOptions;
  _reply({ kind: "built", shared: countShared(_options.model) });
}

async function _train(request: TrainRequest, options: TrainingOptions): Promise<void> {
  const { rank, workers, control } = request;
  const shared = new SharedSum(request);
  const replica = {
    rank,
    workers,
    sum: async (arrays: readonly Float32Array[]) => shared.sum(arrays),
    stopRequested: () => stopRequested(control),
  };
  await assertEqualWeights(options.model, replica);
  let result;
  try {
    result = await train({
      ...options,
      replica,
      onProgress: (progress) => {
        options.onProgress?.(progress);
        _reply({ kind: "progress", progress });
      },
      onWarning: (message) => _reply({ kind: "warning", message }),
    });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
    return _reply({ kind: "stopped" });
  }
  await assertEqualWeights(options.model, replica);
  const weights = rank === 0
    ? await exportWeights(options.model)
    : { parameters: new Map(), state: new Map() };
  _reply({ kind: "done", result, weights });
}

function _reply(message: ReplicaReply): void {
  self.postMessage(message);
}
