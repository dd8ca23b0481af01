/**
 * Simulated events in the electromagnetic section of CMS's high-granularity calorimeter.
 *
 * @module
 */
import { type EventSettings, eventSettings } from "./simulation/event_settings.ts";
import { eventTable, simulateEvents } from "./simulation/event_table.ts";
import { type EventRequest, simulateOnWorkers } from "./simulation/event_workers.ts";
import type { ParticleKind, PtSpectrum } from "./simulation/generated_particle.ts";
import type { WaferTable } from "./wafer_table.ts";

/** Options of {@linkcode simulate}. */
export interface SimulateOptions {
  /** Seed of all random numbers, a safe integer. */
  readonly seed: number;
  /** How many events, an integer >= 0. */
  readonly events: number;
  /** Number of the first event. @default {0} */
  readonly firstEvent?: number | undefined;
  /** What is generated, once in each event. @default {"electron"} */
  readonly particle?: ParticleKind | undefined;
  /** Its transverse momentum, GeV. @default {[2, 35]} */
  readonly pT?: PtSpectrum | undefined;
  /** Range of its |eta|, within [1.4, 3.15]. @default {[1.5, 3]} */
  readonly eta?: readonly [min: number, max: number] | undefined;
  /** Mean number of pile-up interactions, >= 0. @default {200} */
  readonly pileUp?: number | undefined;
  /** Layers whose wafers are given, of 1, 3, ..., 27. @default all of them */
  readonly layers?: readonly number[] | undefined;
  /**
   * Worker threads; with 1 everything is done in this thread. Workers are loaded by URL: from a file
   * that takes `--allow-read` of this package's `src`.
   *
   * @default {1}
   */
  readonly workers?: number | undefined;
  /** Events in a table, at least 1. @default {64} */
  readonly eventsATable?: number | undefined;
  /** Stops between two tables; the iteration then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told how many events of how many are done, after each table. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Simulates events: in each a particle flies from the collision point into the layers that the trigger
 * reads, in the middle of pile-up, and the wafers around its axis are read out.
 *
 * The model: energy loss and radiation in the tracker; electromagnetic showers in the form of GFLASH,
 * with fluctuations of their shape; photons, charged and neutral hadrons and soft hits of pile-up, even
 * in (eta, phi); the hexagonal wafers of 14 layers with sensors of three thicknesses; noise, zero
 * suppression, sums over trigger cells, their 7-bit code, and the transverse calibration. It is no
 * Geant4: constants that follow no publication were tuned to published figures.
 *
 * An event depends on the options and its number, but not on other events, the number of workers or
 * the choice of layers.
 *
 * Columns (lengths in cm, energies in GeV, angles in radians): `event`, `layer`, `waferu`, `waferv`,
 * `zside` (+1 or -1), `density` (0 low, 1 high), `eta` (without sign) and `phi` of the wafer's centre;
 * `gen_pt`, `gen_eta` (without sign), `gen_phi`, `gen_energy` and `gen_kind` of the particle;
 * `sim_energy`, its energy in the wafer times 2 for the layers that are not read; `signal_share`, its
 * share of the wafer's energy. Charges are transverse, in whole counts (CALQ; 35.12 are a
 * minimum-ionising particle at eta = 0); raw charges are those before the factor 1 / cosh(eta)
 * (tc_data). All wafers near the axis are given, also those without charge.
 *
 * @param options What to simulate.
 * @returns Tables of whole events, in the order of their numbers; all but the last have
 * `eventsATable` events.
 * @throws {RangeError} If an option has an impossible value.
 * @throws {Error} If a worker cannot be loaded or fails.
 *
 * @example Two events; the second one is the same when it is simulated alone
 * ```ts
 * import { concatenateWafers, filterWafers, simulate } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const [both] = await Array.fromAsync(simulate({ seed: 7, events: 2 }));
 * const second = await Array.fromAsync(simulate({ seed: 7, firstEvent: 1, events: 1 }));
 * const { event } = both.columns;
 * assertEquals(filterWafers(both, (wafer) => event[wafer] === 1), concatenateWafers(second));
 * ```
 */
export function simulate(options: SimulateOptions): AsyncIterable<WaferTable> {
  const { events, firstEvent = 0, workers = 1, eventsATable = 64 } = options;
  const settings = eventSettings(options);
  _checkInteger("events", events, 0);
  _checkInteger("firstEvent", firstEvent, 0);
  _checkInteger("workers", workers, 1);
  _checkInteger("eventsATable", eventsATable, 1);
  return _tables(settings, { ...options, firstEvent, workers, eventsATable });
}

async function* _tables(
  settings: EventSettings,
  options: SimulateOptions & { firstEvent: number; workers: number; eventsATable: number },
): AsyncGenerator<WaferTable, void, undefined> {
  const { events, firstEvent, eventsATable, signal, onProgress } = options;
  signal?.throwIfAborted();
  const requests = _requests(settings, firstEvent, events, eventsATable);
  const workers = Math.min(options.workers, Math.ceil(events / eventsATable));
  const parts = workers > 1 ? simulateOnWorkers(requests, workers) : _simulateHere(requests);
  let done = 0;
  for await (const arrays of parts) {
    signal?.throwIfAborted();
    done = Math.min(done + eventsATable, events);
    onProgress?.(done, events);
    yield eventTable(arrays, settings.particle);
    signal?.throwIfAborted();
  }
}

function* _requests(
  settings: EventSettings,
  firstEvent: number,
  events: number,
  eventsATable: number,
): Generator<EventRequest, void, undefined> {
  for (let done = 0; done < events; done += eventsATable) {
    yield { settings, first: firstEvent + done, count: Math.min(eventsATable, events - done) };
  }
}

async function* _simulateHere(requests: Iterable<EventRequest>) {
  for (const { settings, first, count } of requests) {
    yield simulateEvents(settings, first, count);
    // Let timers run, so that a signal can come.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

function _checkInteger(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(
    `Cannot simulate events: ${name} must be an integer >= ${least}, current value is ${value}`,
  );
}
