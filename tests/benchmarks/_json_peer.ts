/**
 * A Python program beside ours that answers lines of JSON with lines of JSON.
 *
 * @module
 */

/** A running peer; ask for one thing at a time. */
export class JsonPeer implements AsyncDisposable {
  /** Versions by name, for example `POT`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    process: Deno.ChildProcess,
    lines: AsyncIterator<string>,
    versions: Record<string, string>,
  ) {
    this.#process = process;
    this.#input = process.stdin.getWriter();
    this.#lines = lines;
    this.versions = versions;
  }

  /**
   * Starts a peer, whose first line says its versions or what it misses.
   *
   * @param python The Python to run it with.
   * @param script The program, beside this file.
   * @returns The peer, or the reason why there is none.
   */
  static async start(python: string, script: string): Promise<JsonPeer | string> {
    const args = [new URL(script, import.meta.url).pathname];
    try {
      const process = new Deno.Command(python, { args, stdin: "piped", stdout: "piped" }).spawn();
      const lines = _lines(process.stdout);
      const { versions, missing } = JSON.parse((await lines.next()).value);
      if (versions !== undefined) return new JsonPeer(process, lines, versions);
      await process.stdin.close();
      await process.status;
      return `${python} has no POT: ${missing} (on Debian: apt-get install python3-pot)`;
    } catch (error) {
      return `${python} cannot be run: ${(error as Error).message}`;
    }
  }

  /** Sends a request and waits for the answer. */
  // deno-lint-ignore no-explicit-any
  async ask(request: unknown): Promise<any> {
    await this.#input.write(new TextEncoder().encode(JSON.stringify(request) + "\n"));
    return JSON.parse((await this.#lines.next()).value);
  }

  /** Ends the peer. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close();
    await this.#process.status;
  }
}

async function* _lines(bytes: ReadableStream<Uint8Array>): AsyncGenerator<string, string> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of bytes) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop()!;
    yield* parts;
  }
  return rest;
}
