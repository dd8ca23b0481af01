/**
 * Progress of a run of many jobs on standard error: a line for each job that ends, and below them, on a
 * terminal, one that is redrawn, with the time left.
 *
 * @module
 */
import { duration } from "../../src/experiments/duration.ts";
import { type ProgressSink, standardError } from "./progress_bar.ts";

/** Options of a {@linkcode RunDisplay}. */
export interface RunDisplayOptions {
  /** How many minutes each job is expected to take, by its name. */
  readonly minutes: ReadonlyMap<string, number>;
  /** How many jobs run at a time. @default 1 */
  readonly sideBySide?: number;
  /** Where to write. @default standard error */
  readonly sink?: ProgressSink;
  /** The time in milliseconds. @default performance.now */
  readonly now?: () => number;
  /** The width of the terminal. @default 80, or that of the terminal */
  readonly columns?: number;
}

/** Milliseconds between two drawings on a terminal, and between two lines where there is none. */
const REDRAWN = 100, TOLD = 60_000;
const BAR_LENGTH = 10;
const CLEAR_LINE = "\r\x1b[K";

/** A job that runs. */
interface _Running {
  readonly since: number;
  label: string;
}

/**
 * The progress of a run. A job's share of the whole are its planned minutes; how far a running one is
 * follows from them too, since steps of different kinds take their own time. The pace, of minutes to
 * planned minutes, is that of what has been done so far.
 */
export class RunDisplay {
  readonly #minutes: Map<string, number>;
  readonly #sideBySide: number;
  readonly #sink: ProgressSink;
  readonly #now: () => number;
  readonly #columns: number;
  readonly #started: number;
  readonly #running = new Map<string, _Running>();
  readonly #jobs: number;
  #ended = 0;
  #doneMinutes = 0;
  #drawn = -Infinity;

  /** @param options The jobs, and where to write. */
  constructor(options: RunDisplayOptions) {
    this.#minutes = new Map(options.minutes);
    this.#jobs = options.minutes.size;
    this.#sideBySide = options.sideBySide ?? 1;
    this.#sink = options.sink ?? standardError();
    this.#now = options.now ?? (() => performance.now());
    this.#columns = options.columns ?? (this.#sink.isTerminal ? _columns() : 80);
    this.#started = this.#drawn = this.#now();
  }

  /**
   * A job begins.
   *
   * @param name The job.
   */
  start(name: string): void {
    this.#running.set(name, { since: this.#now(), label: "" });
    this.draw();
  }

  /**
   * A job says how far it is.
   *
   * @param name The job.
   * @param label What it does, in a few words.
   */
  progress(name: string, label: string): void {
    const job = this.#running.get(name);
    if (job === undefined) return;
    job.label = label;
    this.draw();
  }

  /**
   * A job has ended.
   *
   * @param name The job.
   * @param text What came of it.
   * @param options `counts`: whether its time tells how fast this machine is. Default true.
   */
  end(name: string, text: string, options: { counts?: boolean } = {}): void {
    this.#running.delete(name);
    this.#ended++;
    if (options.counts ?? true) this.#doneMinutes += this.#minutes.get(name) ?? 0;
    this.#minutes.delete(name);
    this.say(`${String(this.#ended).padStart(String(this.#jobs).length)}/${this.#jobs} ${text}`);
  }

  /**
   * Writes a line that stays.
   *
   * @param text The line.
   */
  say(text: string): void {
    this.#sink.write(`${this.#sink.isTerminal ? CLEAR_LINE : ""}${text}\n`);
    if (this.#sink.isTerminal) this.#drawn = -Infinity;
    this.draw();
  }

  /** Draws how far everything is, if that was not done a moment ago. */
  draw(): void {
    const { isTerminal } = this.#sink, now = this.#now();
    if (now - this.#drawn < (isTerminal ? REDRAWN : TOLD) || this.#running.size === 0) return;
    this.#drawn = now;
    if (isTerminal) this.#sink.write(CLEAR_LINE + this.#state.slice(0, this.#columns - 1));
    else this.#sink.write(`${this.#state}\n`);
  }

  /** Takes away the line that is redrawn. */
  stop(): void {
    if (this.#sink.isTerminal) this.#sink.write(CLEAR_LINE);
    this.#running.clear();
  }

  /** How many seconds are left. */
  get secondsLeft(): number {
    const planned = this.#minutes.values().reduce((sum, minutes) => sum + minutes, 0);
    const done = this.#doneMinutes + this.#runningMinutes;
    const elapsed = (this.#now() - this.#started) / 60_000;
    // Little that has been done tells little: the plan counts like a twentieth of the whole.
    const plan = (this.#doneMinutes + planned) / 20;
    const pace = (elapsed + plan / this.#sideBySide) / (done + plan || 1);
    return 60 * pace * (planned - this.#runningMinutes);
  }

  /** Planned minutes of what the running jobs have done: the time that they run, and never all. */
  get #runningMinutes(): number {
    return this.#running.entries().reduce((sum, [name, { since }]) => {
      const elapsed = (this.#now() - since) / 60_000;
      return sum + Math.min(elapsed, 0.95 * (this.#minutes.get(name) ?? 0));
    }, 0);
  }

  get #state(): string {
    const left = this.#minutes.values().reduce((sum, minutes) => sum + minutes, 0);
    const done = this.#doneMinutes + this.#runningMinutes;
    const fraction = done / (this.#doneMinutes + left || 1);
    const filled = Math.trunc(BAR_LENGTH * fraction);
    const bar = "#".repeat(filled) + "-".repeat(BAR_LENGTH - filled);
    const jobs = this.#running.entries().map(([name, { label }]) =>
      label === "" ? name : `${name}: ${label}`
    );
    return `[${bar}] ${Math.trunc(100 * fraction)} %, ${this.#ended}/${this.#jobs} done, ` +
      `${duration(Math.round(this.secondsLeft))} left; ${[...jobs].join("; ")}`;
  }
}

function _columns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80;
  }
}
