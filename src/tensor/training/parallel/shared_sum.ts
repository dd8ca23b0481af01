/**
 * Adding up arrays of several workers in shared memory, in an order that does not depend on who comes
 * first.
 *
 * @module
 */

/** Slots of the control words: workers that have arrived, barriers passed, failure, request to stop. */
const ARRIVED = 0, PASSED = 1, FAILED = 2, STOP = 3, CONTROL_WORDS = 4;

/** How long to sleep at most before looking again whether another worker failed, in milliseconds. */
const NAP = 1000;

/**
 * The control words of a group of workers, which its members and its starter share.
 *
 * @returns Words in shared memory.
 */
export function newControl(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * CONTROL_WORDS));
}

/**
 * Memory in which workers lay out what they contribute.
 *
 * @param workers How many they are.
 * @param length Numbers that each contributes at most.
 * @returns Shared memory.
 */
export function newSlots(workers: number, length: number): Float32Array<SharedArrayBuffer> {
  return new Float32Array(new SharedArrayBuffer(4 * 2 * workers * length));
}

/**
 * Tells the workers that one of them will not come any more: those who wait for it stop waiting, with
 * an error.
 *
 * @param control Their control words.
 */
export function reportFailure(control: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(control, FAILED, 1);
  Atomics.notify(control, PASSED);
}

/**
 * Asks the workers to stop.
 *
 * @param control Their control words.
 */
export function requestStop(control: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(control, STOP, 1);
}

/**
 * Whether somebody asked the workers to stop. They may see it at different times.
 *
 * @param control Their control words.
 */
export function stopRequested(control: Int32Array<SharedArrayBuffer>): boolean {
  return Atomics.load(control, STOP) === 1;
}

/** What {@linkcode SharedSum} works in. */
export interface SharedSumOptions {
  /** Which worker this is, from 0. */
  readonly rank: number;
  /** How many there are. */
  readonly workers: number;
  /** From {@linkcode newControl}. */
  readonly control: Int32Array<SharedArrayBuffer>;
  /** From {@linkcode newSlots}. */
  readonly slots: Float32Array<SharedArrayBuffer>;
  /** Milliseconds to wait for the others before giving up. */
  readonly timeout: number;
}

/**
 * One worker's side of sums over all workers.
 *
 * Everyone copies its numbers to its slot, waits until all have, and adds the slots up in the order of
 * ranks: all get the same bits, in every run. There are two sets of slots, used in turn, so that one
 * barrier a sum is enough: who is back to write to a set has passed the barrier of the other, and
 * there everyone has done with the former.
 */
export class SharedSum {
  readonly #options: SharedSumOptions;
  readonly #capacity: number;
  #set = 0;

  /**
   * Takes part from the next sum on.
   *
   * @param options Rank, memory and patience.
   */
  constructor(options: SharedSumOptions) {
    this.#options = options;
    this.#capacity = options.slots.length / (2 * options.workers);
  }

  /**
   * Adds arrays up over all workers; blocks until all have called it.
   *
   * @param arrays What this worker contributes.
   * @returns The sums, views over one fresh array.
   * @throws {RangeError} If the arrays do not fit into the slots.
   * @throws {Error} If another worker failed, or did not come in time.
   */
  sum(arrays: readonly Float32Array[]): Float32Array[] {
    const { rank, workers, slots } = this.#options;
    const length = arrays.reduce((total, array) => total + array.length, 0);
    if (length > this.#capacity) {
      throw new RangeError(
        `Cannot add up ${length} numbers in shared memory for ${this.#capacity}`,
      );
    }
    const begin = (worker: number) => (this.#set * workers + worker) * this.#capacity;
    let offset = begin(rank);
    for (const array of arrays) {
      slots.set(array, offset);
      offset += array.length;
    }
    this.#awaitAll();
    const total = slots.slice(begin(0), begin(0) + length);
    for (let worker = 1; worker < workers; worker++) {
      const first = begin(worker);
      for (let k = 0; k < length; k++) total[k] += slots[first + k];
    }
    this.#set = 1 - this.#set;
    offset = 0;
    return arrays.map((array) => total.subarray(offset, offset += array.length));
  }

  #awaitAll(): void {
    const { workers, control, timeout } = this.#options;
    const passed = Atomics.load(control, PASSED);
    if (Atomics.add(control, ARRIVED, 1) === workers - 1) {
      Atomics.store(control, ARRIVED, 0);
      Atomics.add(control, PASSED, 1);
      Atomics.notify(control, PASSED);
      return;
    }
    const end = performance.now() + timeout;
    while (Atomics.load(control, PASSED) === passed) {
      if (Atomics.load(control, FAILED) === 1) throw new Error("another worker failed");
      const left = end - performance.now();
      if (left <= 0) throw new Error(`another worker did not come for ${timeout / 1000} seconds`);
      Atomics.wait(control, PASSED, passed, Math.min(left, NAP));
    }
  }
}
