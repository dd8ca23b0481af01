/// <reference lib="dom" />
import type { EconAutoencoderWeights } from "../src/models/types.ts";
import { download } from "./download.ts";
import { button, find } from "./element.ts";
import { encoderFiles, type TextFile } from "./encoder_files.ts";
import { startWorker } from "./start_worker.ts";

/** Files of the networks that have been trained. */
export class Downloads {
  readonly #list = find("downloads", HTMLUListElement);
  readonly #alert = find("training-error", HTMLElement);

  /** Takes back all that was offered. */
  clear(): void {
    this.#list.replaceChildren();
  }

  /**
   * Offers the files of a network.
   *
   * @param label Its name.
   * @param weights Its weights.
   */
  offer(label: string, weights: EconAutoencoderWeights): void {
    const { c, json } = encoderFiles(weights);
    const text = ({ name, type, text }: TextFile) => download(name, type, text);
    const keras = button("Keras file", async () => {
      keras.disabled = true;
      try {
        download("autoencoder.h5", "application/x-hdf5", await _kerasFile(weights));
      } catch (error) {
        this.#alert.textContent = (error as Error).message;
      } finally {
        keras.disabled = false;
      }
    });
    const item = document.createElement("li");
    item.append(
      `${label}: `,
      button("C header", () => text(c)),
      keras,
      button("JSON", () => text(json)),
    );
    this.#list.append(item);
  }
}

async function _kerasFile(weights: EconAutoencoderWeights): Promise<Uint8Array<ArrayBuffer>> {
  const worker = await startWorker("keras_worker");
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) =>
        reject(new Error(event.message || "Cannot load keras_worker.js: is it beside this page?"));
      worker.postMessage(weights);
    });
  } finally {
    worker.terminate();
  }
}
