/// <reference lib="webworker" />
/**
 * A worker that trains a quantised autoencoder, and tells the page how it stands.
 *
 * @module
 */
import sample from "../data/sample.csv" with { type: "text" };
import { exactEmd } from "../src/losses/exact_emd.ts";
import { normalised } from "../src/losses/normalised.ts";
import { telescopeMse } from "../src/losses/telescope_mse.ts";
import type { Loss } from "../src/losses/types.ts";
import { autoencoderTraining } from "../src/models/autoencoder/training.ts";
import { econAutoencoderWeightsOf } from "../src/models/econ_transfer.ts";
import { PUBLISHED_FORMATS } from "../src/models/published/econ_formats.ts";
import { useBackend } from "../src/tensor/backend.ts";
import { train } from "../src/tensor/training/train.ts";
import { CELLS } from "../src/wafer/cells.ts";
import { judge } from "./judge.ts";
import { trainingWafers } from "./training_wafers.ts";
import type { TrainedLoss, TrainingNews, TrainingOrder, TrainingRequest } from "./types.ts";

const worker = globalThis as unknown as DedicatedWorkerGlobalScope;

/** Wafers whose reconstructions are shown. */
const SHOWN = 4;
/** How often the network is judged in a training, and after how many milliseconds at the latest. */
const JUDGEMENTS = 60, LONGEST_WAIT = 1000;

const LOSSES: Readonly<Record<TrainedLoss, () => Loss>> = {
  exact_emd: () => normalised(exactEmd()),
  telescope_mse: () => telescopeMse(),
};

const stopping = new AbortController();

worker.onmessage = ({ data }: MessageEvent<TrainingRequest>) => {
  if ("stop" in data) {
    stopping.abort();
    return;
  }
  _train(data.train).catch((error) =>
    _tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) })
  );
};

async function _train({ loss, file, order, steps, seed }: TrainingOrder): Promise<void> {
  const { train: learnt, heldOut } = file
    ? await trainingWafers(file, file.name, order, seed)
    : await trainingWafers(new Blob([sample]), "the shipped sample", "train", seed);
  const { description } = await useBackend({ backend: "wasm" });
  const charges = Float64Array.from(heldOut.charges);
  _tell({
    kind: "begun",
    wafers: { train: learnt.count, heldOut: heldOut.count },
    shown: charges.slice(0, SHOWN * CELLS),
    backend: description,
  });

  const training = autoencoderTraining({
    wafers: learnt,
    architecture: {
      formats: PUBLISHED_FORMATS,
      decoder: { kind: "convolutional" },
      conditions: [],
    },
    loss: LOSSES[loss](),
    steps,
    seed,
  });
  const { model } = training, every = Math.ceil(steps / JUDGEMENTS);
  let done = 0, toldAt = 0;
  const tell = (step: number) => {
    _tell({ kind: "judged", judgement: judge(model, charges, step, SHOWN) });
    toldAt = performance.now();
  };
  tell(done);
  try {
    await train({
      ...training,
      signal: stopping.signal,
      onProgress: ({ step }) => {
        done = step;
        const isDue = step % every === 0 || performance.now() - toldAt > LONGEST_WAIT;
        if (isDue || step === steps) tell(step);
      },
    });
  } catch (error) {
    // What has been learnt until it was stopped is an encoder too.
    if (!stopping.signal.aborted) throw error;
    tell(done);
  }
  const weights = await econAutoencoderWeightsOf(model, PUBLISHED_FORMATS);
  _tell({ kind: "ended", steps: done, weights });
}

function _tell(news: TrainingNews): void {
  worker.postMessage(news);
}
