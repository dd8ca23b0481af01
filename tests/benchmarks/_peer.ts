/**
 * POT in a Python process beside ours, for benchmarks: it gets the same numbers, bit for bit, and
 * reports values and times.
 *
 * @module
 */

/** Debian's Python, which sees Debian's `python3-pot`. */
export const DEFAULT_PEER = "/usr/bin/python3";

/** What is timed: `ot.emd2` as users call it, or POT's compiled solver alone. */
export type PeerMode = "emd2" | "emd_c";

/** A batch of problems of one size; the costs are one matrix for all, or one each. */
export interface PeerProblems {
  /** First histograms, row-major, count * n. */
  readonly a: Float64Array;
  /** Second histograms, row-major, count * m. */
  readonly b: Float64Array;
  /** Costs, n * m, or count * n * m. */
  readonly cost: Float64Array;
  /** Bins of the first histograms. */
  readonly n: number;
  /** Bins of the second histograms. */
  readonly m: number;
}

/** One pass over a batch. */
export interface PeerRound {
  /** Seconds for the whole batch, measured in the peer's process. */
  readonly seconds: number;
  /** The value of each problem. */
  readonly values: Float64Array;
}

/** A running peer; ask for one thing at a time. */
export class PotPeer implements AsyncDisposable {
  /** Versions by name, for example `POT`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #output: _ByteReader;

  private constructor(
    process: Deno.ChildProcess,
    output: _ByteReader,
    versions: Record<string, string>,
  ) {
    this.#process = process;
    this.#input = process.stdin.getWriter();
    this.#output = output;
    this.versions = versions;
  }

  /**
   * Starts the peer.
   *
   * @param python The Python to run it with.
   * @returns The peer, or the reason why there is none.
   */
  static async start(python = DEFAULT_PEER): Promise<PotPeer | string> {
    const script = new URL("./pot_peer.py", import.meta.url).pathname;
    let process: Deno.ChildProcess;
    try {
      const command = new Deno.Command(python, {
        args: [script],
        stdin: "piped",
        stdout: "piped",
      });
      process = command.spawn();
    } catch (error) {
      return `${python} cannot be run: ${(error as Error).message}`;
    }
    const output = new _ByteReader(process.stdout);
    const { versions, missing } = await output.message();
    if (versions !== undefined) return new PotPeer(process, output, versions);
    await process.stdin.close();
    await process.status;
    return `${python} has no POT: ${missing} (on Debian: apt-get install python3-pot)`;
  }

  /** Hands a batch over, under a name. */
  async load(name: string, problems: PeerProblems): Promise<void> {
    const { a, b, cost, n, m } = problems;
    await this.#ask({ load: name, count: a.length / n, n, m, costs: cost.length / (n * m) });
    for (const { buffer, byteOffset, byteLength } of [a, b, cost]) {
      await this.#input.write(new Uint8Array(buffer, byteOffset, byteLength));
    }
    await this.#output.message();
  }

  /** Solves a batch that was handed over. */
  async round(name: string, mode: PeerMode): Promise<PeerRound> {
    await this.#ask({ round: name, mode });
    const { seconds, count } = await this.#output.message();
    const bytes = await this.#output.take(8 * count);
    return { seconds, values: new Float64Array(bytes.slice().buffer) };
  }

  /** Ends the peer. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close();
    await this.#output.cancel();
    await this.#process.status;
  }

  async #ask(request: unknown): Promise<void> {
    await this.#input.write(new TextEncoder().encode(JSON.stringify(request) + "\n"));
  }
}

/** Takes lines and blocks of bytes from a stream. */
class _ByteReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** The next line, parsed. */
  // deno-lint-ignore no-explicit-any
  async message(): Promise<any> {
    let end: number;
    while ((end = this.#held.indexOf(10)) < 0) await this.#more();
    return JSON.parse(new TextDecoder().decode(await this.take(end + 1)));
  }

  async take(count: number): Promise<Uint8Array> {
    while (this.#held.length < count) await this.#more();
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#reader.read();
    if (done) throw new Error("Cannot read from the peer: it has ended");
    const joined = new Uint8Array(this.#held.length + value.length);
    joined.set(this.#held);
    joined.set(value, this.#held.length);
    this.#held = joined;
  }
}
