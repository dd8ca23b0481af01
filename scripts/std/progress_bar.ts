/**
 * Progress of a long job on standard error: one redrawn line on a terminal, else a line every tenth
 * of the way, so that logs stay short.
 *
 * @module
 */

import { duration } from "../../src/experiments/duration.ts";

/** Where a {@linkcode ProgressBar} writes. */
export interface ProgressSink {
  /** Writes a piece of text at once. */
  write(text: string): void;
  /** Whether the text is seen on a terminal, where a line can be redrawn. */
  readonly isTerminal: boolean;
}

/** Options of a {@linkcode ProgressBar}. */
export interface ProgressBarOptions {
  /** How many items there are in all, >= 0. */
  max: number;
  /** Items already done. Default 0. */
  value?: number;
  /** What is being done, for example "EMD". Default none. */
  label?: string;
  /** Where to write. Default standard error. */
  sink?: ProgressSink;
  /** The time in milliseconds. Default `performance.now`. */
  now?: () => number;
}

/** Milliseconds between two drawings on a terminal. */
const REDRAW_INTERVAL = 100;
const BAR_LENGTH = 24;
const CLEAR_LINE = "\r\x1b[K";

/**
 * A progress bar with count, rate and time left. It draws when {@linkcode ProgressBar.value} is set
 * and needs no timer, so that it also moves during long synchronous work.
 *
 * @example
 * ```ts
 * import { ProgressBar } from "./progress_bar.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let log = "";
 * const sink = { isTerminal: false, write: (text: string) => void (log += text) };
 * const bar = new ProgressBar({ max: 1000, label: "EMD", sink });
 * while (bar.value < 1000) bar.value += 250;
 * bar.stop();
 * assertEquals(log.split("\n").map((line) => line.slice(0, 8)), ["EMD 25 %", "EMD 50 %", "EMD 75 %", "EMD 1,00", ""]);
 * ```
 */
export class ProgressBar {
  readonly #max: number;
  readonly #label: string;
  readonly #sink: ProgressSink;
  readonly #now: () => number;
  readonly #startTime: number;
  readonly #startValue: number;
  #value: number;
  #drawnTime = -Infinity;
  #drawnTenth: number;
  #stopped = false;

  /**
   * @param options What to count, and where to show it.
   * @throws {RangeError} If max is not a finite number >= 0.
   */
  constructor(options: ProgressBarOptions) {
    if (!(options.max >= 0 && Number.isFinite(options.max))) {
      throw new RangeError(
        `Cannot show progress: max must be finite and >= 0, current value is ${options.max}`,
      );
    }
    this.#max = options.max;
    this.#label = options.label ? `${options.label} ` : "";
    this.#sink = options.sink ?? standardError();
    this.#now = options.now ?? (() => performance.now());
    this.#startTime = this.#now();
    this.#value = this.#startValue = options.value ?? 0;
    this.#drawnTenth = this.#tenth;
    this.#update();
  }

  /** Items done; setting it draws. */
  get value(): number {
    return this.#value;
  }

  set value(value: number) {
    this.#value = value;
    this.#update();
  }

  /** Draws the last state and ends the line. Further calls do nothing. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    const seconds = (this.#now() - this.#startTime) / 1000;
    const text = `${this.#label}${this.#count} in ${duration(seconds)}${this.#rate}\n`;
    this.#sink.write(this.#sink.isTerminal ? CLEAR_LINE + text : text);
  }

  #update(): void {
    if (this.#stopped) return;
    if (this.#sink.isTerminal) {
      const now = this.#now();
      if (now - this.#drawnTime < REDRAW_INTERVAL) return;
      this.#drawnTime = now;
      const filled = Math.trunc(BAR_LENGTH * this.#fraction);
      const bar = "#".repeat(filled) + "-".repeat(BAR_LENGTH - filled);
      this.#sink.write(`${CLEAR_LINE}${this.#label}[${bar}] ${this.#state}`);
    } else if (this.#tenth > this.#drawnTenth && this.#tenth < 10) {
      // The last tenth is left to stop(), which says how it ended.
      this.#drawnTenth = this.#tenth;
      this.#sink.write(`${this.#label}${this.#state}\n`);
    }
  }

  get #fraction(): number {
    return this.#max === 0 ? 1 : Math.min(Math.max(this.#value / this.#max, 0), 1);
  }

  get #tenth(): number {
    // A hair more than the fraction, so that 0.3 * 10 does not round down to 2.
    return Math.trunc(10 * this.#fraction + 1e-9);
  }

  get #count(): string {
    return `${_grouped(this.#value)}/${_grouped(this.#max)}`;
  }

  get #itemsPerSecond(): number {
    const seconds = (this.#now() - this.#startTime) / 1000;
    return seconds > 0 ? (this.#value - this.#startValue) / seconds : 0;
  }

  get #rate(): string {
    const rate = this.#itemsPerSecond;
    return rate > 0 ? `, ${_grouped(rate >= 10 ? Math.round(rate) : rate)}/s` : "";
  }

  get #state(): string {
    const percent = Math.trunc(100 * this.#fraction);
    const rate = this.#itemsPerSecond;
    const left = rate > 0 ? `, ${duration(Math.max(this.#max - this.#value, 0) / rate)} left` : "";
    return `${percent} % ${this.#count}${this.#rate}${left}`;
  }
}

/**
 * Standard error as a place for progress.
 *
 * @returns The place.
 */
export function standardError(): ProgressSink {
  const encoder = new TextEncoder();
  return {
    write: (text) => {
      // A short write is possible on a pipe.
      for (let bytes = encoder.encode(text); bytes.length > 0;) {
        bytes = bytes.subarray(Deno.stderr.writeSync(bytes));
      }
    },
    isTerminal: Deno.stderr.isTerminal(),
  };
}

/** 1234567 as "1,234,567"; at most one decimal. */
function _grouped(x: number): string {
  return x.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
