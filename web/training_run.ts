/// <reference lib="dom" />
import type { EconAutoencoderWeights } from "../src/models/types.ts";
import { startWorker } from "./start_worker.ts";
import type { TrainingJudgement, TrainingNews, TrainingOrder, TrainingRequest } from "./types.ts";

/** A training in a worker, as the page follows it. */
export class TrainingRun {
  /** What was asked for. */
  readonly order: TrainingOrder;
  /** The medians so far. */
  readonly points: { readonly step: number; readonly value: number }[] = [];
  /** What it is trained on, once that is known. */
  begun: Extract<TrainingNews, { kind: "begun" }> | undefined;
  /** How the network stands. */
  judgement: TrainingJudgement | undefined;
  /** Weights, once it has ended. */
  weights: EconAutoencoderWeights | undefined;
  /** Why it failed, if it did. */
  failure: string | undefined;
  readonly #onChange: () => void;
  #worker: Worker | undefined;
  #isStopped = false;

  /**
   * Starts a training.
   *
   * @param order What to train.
   * @param onChange Told after each change of this run.
   */
  constructor(order: TrainingOrder, onChange: () => void) {
    this.order = order;
    this.#onChange = onChange;
    startWorker("train_worker").then(
      (worker) => this.#follow(worker),
      (error: Error) => this.#fail(error.message),
    );
  }

  /** Whether there is nothing more to come. */
  get isOver(): boolean {
    return this.weights !== undefined || this.failure !== undefined;
  }

  /** Asks for the end; the weights so far come soon. */
  stop(): void {
    this.#isStopped = true;
    this.#worker?.postMessage({ stop: true } satisfies TrainingRequest);
  }

  #follow(worker: Worker): void {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<TrainingNews>) => this.#hear(data);
    worker.onerror = (event) => this.#fail(event.message || "Cannot load train_worker.js");
    worker.postMessage({ train: this.order } satisfies TrainingRequest);
    if (this.#isStopped) this.stop();
  }

  #hear(news: TrainingNews): void {
    switch (news.kind) {
      case "begun":
        this.begun = news;
        break;
      case "judged":
        this.judgement = news.judgement;
        this.points.push({ step: news.judgement.step, value: news.judgement.median });
        break;
      case "ended":
        this.weights = news.weights;
        this.#worker?.terminate();
        break;
      case "failed":
        this.#fail(news.message);
        return;
    }
    this.#onChange();
  }

  #fail(message: string): void {
    this.failure = message;
    this.#worker?.terminate();
    this.#onChange();
  }
}
