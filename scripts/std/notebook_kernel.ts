/**
 * Deno's Jupyter kernel, without Jupyter.
 *
 * @module
 */
import { connectionFile, freePorts, type KernelPorts } from "./notebook_connection.ts";
import type { CellOutput } from "./notebook_file.ts";
import {
  type KernelMessage,
  readMessage,
  type RequestWriter,
  requestWriter,
} from "./notebook_messages.ts";
import { NotebookSocket } from "./notebook_socket.ts";

/** Options of {@linkcode NotebookKernel.start}. */
export interface NotebookKernelOptions {
  /** Folder of the notebook: what its imports are relative to. */
  readonly folder: URL;
  /** Existing folder for the file that tells the kernel its ports and its secret. */
  readonly temporary: URL;
  /** How long the kernel may take to start, and each cell to run, seconds. @default {300} */
  readonly patience?: number;
}

/**
 * Says that a cell's outputs are all there. The kernel reports to be idle before it has published the
 * last of them, so that a client which believes it loses outputs. What is printed goes one way and
 * values go another, each in order: a tiny second cell that ends both ways follows the last output.
 */
const END = "[end of the cell's outputs]";
const END_CELL = `console.log(${JSON.stringify(END)}); ${JSON.stringify(END)}`;

/** Of a cell that does not parse the kernel says nothing but that it failed. */
const UNPUBLISHED_ERROR: CellOutput = {
  output_type: "error",
  ename: "SyntaxError",
  evalue: "the cell does not parse",
  traceback: [],
};

/** A running kernel. */
export class NotebookKernel implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #patience: number;
  readonly #request: RequestWriter;
  #shell!: NotebookSocket;
  #published!: NotebookSocket;

  private constructor(
    process: Deno.ChildProcess,
    request: RequestWriter,
    patience: number,
  ) {
    this.#process = process;
    this.#request = request;
    this.#patience = patience;
  }

  /**
   * Starts a kernel. It may do everything that its user may: the kernel knows no permissions.
   *
   * @param options Where it works.
   * @returns The kernel, ready for cells.
   * @throws {Error} If it does not start.
   */
  static async start(options: NotebookKernelOptions): Promise<NotebookKernel> {
    const { folder, temporary, patience = 300 } = options;
    const ports = freePorts(), key = crypto.randomUUID();
    const connection = await Deno.makeTempFile({ dir: _path(temporary), prefix: ".kernel_" });
    try {
      await Deno.writeTextFile(connection, connectionFile(ports, key));
      const process = new Deno.Command("deno", {
        args: ["jupyter", "--kernel", "--conn", connection],
        cwd: folder,
        env: { NO_COLOR: "1" }, // outputs are kept in files and shown in pages
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      const kernel = new NotebookKernel(process, await requestWriter(key), patience);
      try {
        await kernel.#inTime("start the kernel", () => kernel.#connect(ports));
        return kernel;
      } catch (error) {
        await kernel[Symbol.asyncDispose]();
        throw error;
      }
    } finally {
      await Deno.remove(connection);
    }
  }

  /**
   * Runs a cell.
   *
   * @param code TypeScript.
   * @param count The cell's number, for its result.
   * @returns All its outputs; of a cell that throws, the last is the error.
   * @throws {Error} If it takes too long, or the kernel ends.
   */
  async execute(code: string, count: number): Promise<CellOutput[]> {
    return await this.#inTime("run a cell", async () => {
      const [outputs, status] = await Promise.all([this.#outputs(count), this.#run(code)]);
      const failed = outputs.some(({ output_type }) => output_type === "error");
      if (status === "error" && !failed) outputs.push(UNPUBLISHED_ERROR);
      return outputs;
    });
  }

  /** Ends the kernel. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#shell?.[Symbol.dispose]();
    this.#published?.[Symbol.dispose]();
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await this.#process.status;
  }

  /** Connects as soon as the kernel listens, and waits until what it publishes arrives. */
  async #connect(ports: KernelPorts): Promise<void> {
    this.#published = await this.#whenListening(() =>
      NotebookSocket.connect(ports.iopub_port, "SUB")
    );
    this.#shell = await this.#whenListening(() =>
      NotebookSocket.connect(ports.shell_port, "DEALER")
    );
    let heard = false;
    const first = this.#published.receive().then(() => heard = true);
    while (!heard) {
      await this.#shell.send(await this.#request("kernel_info_request", {}));
      await this.#shell.receive();
      await Promise.race([first, _pause(50)]);
    }
  }

  async #whenListening(connect: () => Promise<NotebookSocket>): Promise<NotebookSocket> {
    let ended = false;
    this.#process.status.then(() => ended = true);
    while (true) {
      try {
        return await connect();
      } catch (error) {
        if (ended || !(error instanceof Deno.errors.ConnectionRefused)) throw error;
        await _pause(50);
      }
    }
  }

  /** Runs a cell, then the one that marks its end; how the cell ended, `"ok"` or `"error"`. */
  async #run(code: string): Promise<string> {
    const status = await this.#ask(code);
    await this.#ask(END_CELL);
    return status;
  }

  async #ask(code: string): Promise<string> {
    await this.#shell.send(
      await this.#request("execute_request", {
        code,
        silent: false,
        store_history: false,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: false,
      }),
    );
    while (true) {
      const { type, content } = readMessage(await this.#shell.receive());
      if (type === "execute_reply") return content.status;
    }
  }

  /**
   * What is published until both ends have been heard. Which cell a message says that it belongs to
   * does not matter, and may be wrong: the kernel names the cell that runs as it passes a message on.
   */
  async #outputs(count: number): Promise<CellOutput[]> {
    const outputs: CellOutput[] = [];
    let printed = false, valued = false;
    while (!printed || !valued) {
      const { type, content } = readMessage(await this.#published.receive());
      if (type === "stream") {
        const text: string = content.text, end = text.indexOf(END);
        printed ||= end >= 0;
        _addStream(outputs, content.name, end < 0 ? text : text.slice(0, end));
      } else if (type === "execute_result" && `${content.data["text/plain"]}`.includes(END)) {
        valued = true;
      } else {
        outputs.push(..._output({ type, content }, count));
      }
    }
    return outputs;
  }

  /** Work that ends the kernel when it takes too long, so that whatever it waits for ends too. */
  async #inTime<T>(doing: string, work: () => Promise<T>): Promise<T> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#process.kill("SIGKILL");
    }, 1000 * this.#patience);
    try {
      return await work();
    } catch (error) {
      const reason = late ? `no end after ${this.#patience} s` : (error as Error).message;
      throw new Error(`Cannot ${doing}: ${reason}`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Appends to the last output where that is of the same stream, as front ends do. */
function _addStream(outputs: CellOutput[], name: "stdout" | "stderr", text: string): void {
  if (text === "") return;
  const last = outputs.at(-1);
  const joins = last?.output_type === "stream" && last.name === name;
  if (joins) outputs[outputs.length - 1] = { ...last, text: last.text + text };
  else outputs.push({ output_type: "stream", name, text });
}

/** What a message adds to a cell's outputs. */
function _output({ type, content }: KernelMessage, count: number): CellOutput[] {
  const { data, metadata = {} } = content;
  switch (type) {
    case "display_data":
      return [{ output_type: type, data, metadata }];
    case "execute_result":
      return [{ output_type: type, execution_count: count, data, metadata }];
    case "error": {
      const { ename, evalue, traceback } = content;
      return [{ output_type: type, ename, evalue, traceback }];
    }
    default:
      return []; // status and the like
  }
}

function _path(folder: URL): string {
  return decodeURIComponent(folder.pathname);
}

function _pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
