/// <reference lib="webworker" />
/**
 * A worker that writes Keras's file of an autoencoder: apart, because its package is the largest part
 * of the page, and loaded by who asks for that file alone.
 *
 * @module
 */
import { kerasFiles } from "../src/models/export/keras.ts";
import type { EconAutoencoderWeights } from "../src/models/types.ts";

const worker = globalThis as unknown as DedicatedWorkerGlobalScope;

worker.onmessage = async ({ data }: MessageEvent<EconAutoencoderWeights>) => {
  const { autoencoder } = await kerasFiles(data);
  worker.postMessage(autoencoder);
};
