/** Samples made by hand. */
import { type TriggerSample, TriggerSampleBuilder } from "../../src/trigger/trigger_sample.ts";

/** An event of a sample: the particle, its cluster's |eta| and layers; without them it is not found. */
export interface HandMadeEvent {
  readonly pT: number;
  readonly eta: number;
  readonly layerPt?: ArrayLike<number>;
  readonly clusterEta?: number;
}

/** A sample of these events. */
export function sampleOf(events: readonly HandMadeEvent[]): TriggerSample {
  const builder = new TriggerSampleBuilder("by hand");
  events.forEach(({ pT, eta, layerPt, clusterEta = eta }, event) => {
    const particle = { pT, eta, phi: 0 };
    const made = { event, first: event, end: event + 1, particle };
    if (layerPt === undefined) return builder.add(made, { outcome: "no_match" });
    const layers = Float64Array.from(layerPt);
    const cluster = {
      pT: layers.reduce((a, b) => a + b),
      eta: clusterEta,
      phi: 0,
      layerPt: layers,
    };
    builder.add(made, { outcome: "found", cluster });
  });
  return builder.sample();
}
