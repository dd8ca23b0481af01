import type { WaferTable } from "../datasets/wafer_table.ts";
import { CELLS } from "../wafer/cells.ts";
import { type EventCuts, EventReconstruction } from "./reconstruct_event.ts";
import { triggerCells } from "./trigger_cells.ts";
import { triggerEvents } from "./trigger_events.ts";
import { type TriggerSample, TriggerSampleBuilder } from "./trigger_sample.ts";
import type { WaferCodec } from "./types.ts";

/** Options of {@linkcode runTrigger}. */
export interface RunTriggerOptions extends EventCuts {
  /**
   * How many events were generated, so that those without a wafer are counted.
   *
   * @default the number of events in the tables
   */
  readonly generated?: number;
}

/**
 * Runs the trigger on events, once for each codec: every wafer is transmitted, cells are gathered into
 * clusters, and the generated particle's cluster is kept.
 *
 * Memory holds one table at a time, and of each event 18 numbers a codec.
 *
 * @param tables Wafers of whole events: no event reaches over into the next table. Columns as for
 * `triggerCells` and `triggerEvents`.
 * @param codecs How wafers reach the trigger.
 * @param options Which events are looked at.
 * @returns One sample for each codec, in their order. All have the same events in the same rows.
 * @throws {TypeError} If a column is missing, or a codec gives another number of charges.
 * @throws {RangeError} If wafers cannot be placed, an event reaches over into the next table, or a codec
 * gives a charge that is NaN.
 *
 * Source: paper, Section 5.
 *
 * @example Photons without pile-up
 * ```ts
 * import { simulate } from "@hexmover/hexmover/datasets";
 * import { runTrigger, uncompressedCodec } from "@hexmover/hexmover/trigger";
 * import { assertEquals } from "@std/assert";
 *
 * const photons = simulate({ seed: 1, events: 5, particle: "photon", pT: [30, 60], eta: [1.7, 2.8], pileUp: 0 });
 * const [sample] = await runTrigger(photons, [uncompressedCodec()]);
 * assertEquals([sample.outcomes.found, sample.bitsPerWafer], [5, 336]);
 * ```
 */
export async function runTrigger(
  tables: Iterable<WaferTable> | AsyncIterable<WaferTable>,
  codecs: readonly WaferCodec[],
  options: RunTriggerOptions = {},
): Promise<TriggerSample[]> {
  const reconstruction = new EventReconstruction(options);
  const builders = codecs.map(({ name }) => new TriggerSampleBuilder(name));
  let last: string | undefined;
  for await (const table of tables) {
    const cells = triggerCells(table), events = triggerEvents(table);
    if (events.length === 0) continue;
    if (last === _key(table, 0)) {
      throw new RangeError(
        `Cannot run the trigger: tables must hold whole events, current one begins within event ` +
          `${events[0].event}`,
      );
    }
    last = _key(table, table.count - 1);
    const hit = _hitWafers(cells.charges);
    const charges = _rows(cells.charges, hit);
    for (const [index, codec] of codecs.entries()) {
      const sent = _scattered(await codec.transmit(charges), hit, table.count, codec.name);
      builders[index].addBits(codec.bits(charges), hit.length);
      for (const event of events) {
        builders[index].add(event, reconstruction.reconstruct(event, cells, sent));
      }
    }
  }
  return builders.map((builder) => builder.sample(options.generated));
}

function _key({ columns }: WaferTable, wafer: number): string {
  return `${columns.event[wafer]} ${columns.zside[wafer]}`;
}

/** Numbers of the wafers with charge. */
function _hitWafers(charges: Float64Array): number[] {
  const hit: number[] = [];
  for (let wafer = 0; wafer * CELLS < charges.length; wafer++) {
    const start = wafer * CELLS;
    if (charges.subarray(start, start + CELLS).some((charge) => charge > 0)) hit.push(wafer);
  }
  return hit;
}

function _rows(charges: Float64Array, wafers: readonly number[]): Float64Array {
  const rows = new Float64Array(wafers.length * CELLS);
  wafers.forEach((wafer, row) => {
    rows.set(charges.subarray(wafer * CELLS, (wafer + 1) * CELLS), row * CELLS);
  });
  return rows;
}

/** Back from rows of wafers with charge to all wafers. */
function _scattered(
  sent: ArrayLike<number>,
  wafers: readonly number[],
  count: number,
  codec: string,
): Float64Array {
  if (sent.length !== wafers.length * CELLS) {
    throw new TypeError(
      `Cannot run the trigger: ${codec} must give ${wafers.length * CELLS} charges, ` +
        `current number is ${sent.length}`,
    );
  }
  const charges = new Float64Array(count * CELLS);
  wafers.forEach((wafer, row) => {
    for (let cell = 0; cell < CELLS; cell++) {
      const charge = sent[row * CELLS + cell];
      if (!(charge >= 0 && charge < Infinity)) {
        throw new RangeError(
          `Cannot run the trigger: ${codec} must give charges that are finite and >= 0, ` +
            `current value is ${charge}`,
        );
      }
      charges[wafer * CELLS + cell] = charge;
    }
  });
  return charges;
}
