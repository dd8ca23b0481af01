import { TRIGGER_LAYERS } from "../datasets/simulation/layers.ts";
import { EVENT_OUTCOMES, type EventOutcome, type ReconstructedEvent } from "./reconstruct_event.ts";
import type { TriggerEvent } from "./types.ts";

const LAYERS = TRIGGER_LAYERS.length;

/** What a codec's trigger made of a sample: a few numbers for each event, one row an event. */
export interface TriggerSample {
  /** Name of the codec. */
  readonly codec: string;
  /** Mean bits of a wafer with charge; 0 if there was none. */
  readonly bitsPerWafer: number;
  /** Number of events with wafers. */
  readonly count: number;
  /** Transverse momentum of the generated particle, GeV. */
  readonly genPt: Float64Array;
  /** |eta| of the generated particle. */
  readonly genEta: Float64Array;
  /** What became of the event: index in `EVENT_OUTCOMES`, 0 where there is a cluster. */
  readonly outcome: Uint8Array;
  /** |eta| of the cluster; 0 where there is none. */
  readonly eta: Float64Array;
  /** Transverse energy in each trigger layer, GeV, 14 numbers an event; 0 where there is no cluster. */
  readonly layerPt: Float64Array;
  /** How many events had each outcome; those without any wafer are only here. */
  readonly outcomes: Readonly<Record<EventOutcome, number>>;
}

/** Numbers of an event, before and after those of the layers. */
const HEAD = 4, WIDTH = HEAD + LAYERS;

/** Gathers what became of events, row by row. */
export class TriggerSampleBuilder {
  readonly #codec: string;
  #rows = new Float64Array(1024 * WIDTH);
  #count = 0;
  #bits = 0;
  #wafers = 0;

  /**
   * Begins a sample without events.
   *
   * @param codec Name of the codec.
   */
  constructor(codec: string) {
    this.#codec = codec;
  }

  /**
   * Adds an event.
   *
   * @param event The event.
   * @param reconstructed What became of it.
   */
  add({ particle }: TriggerEvent, { outcome, cluster }: ReconstructedEvent): void {
    const start = this.#count++ * WIDTH;
    if (start + WIDTH > this.#rows.length) {
      const larger = new Float64Array(2 * this.#rows.length);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    const head = [particle.pT, particle.eta, EVENT_OUTCOMES.indexOf(outcome), cluster?.eta ?? 0];
    this.#rows.set(head, start);
    if (cluster) this.#rows.set(cluster.layerPt, start + HEAD);
  }

  /**
   * Adds what wafers cost.
   *
   * @param bits Bits of the wafers together.
   * @param wafers How many they are.
   */
  addBits(bits: number, wafers: number): void {
    this.#bits += bits;
    this.#wafers += wafers;
  }

  /**
   * The sample.
   *
   * @param generated How many events were generated, those without wafers included.
   * @returns All events so far.
   */
  sample(generated: number = this.#count): TriggerSample {
    const count = this.#count;
    const column = (offset: number) =>
      Float64Array.from({ length: count }, (_, row) => this.#rows[row * WIDTH + offset]);
    const outcome = Uint8Array.from(column(2));
    const layerPt = new Float64Array(count * LAYERS);
    for (let row = 0; row < count; row++) {
      const start = row * WIDTH + HEAD;
      layerPt.set(this.#rows.subarray(start, start + LAYERS), row * LAYERS);
    }
    const counts = EVENT_OUTCOMES.map((name, index) =>
      [name, outcome.reduce((sum, value) => value === index ? sum + 1 : sum, 0)] as const
    );
    const outcomes = Object.fromEntries(counts) as Record<EventOutcome, number>;
    outcomes.no_wafer += Math.max(generated - count, 0);
    return {
      codec: this.#codec,
      bitsPerWafer: this.#wafers > 0 ? this.#bits / this.#wafers : 0,
      count,
      genPt: column(0),
      genEta: column(1),
      outcome,
      eta: column(3),
      layerPt,
      outcomes,
    };
  }
}
