/**
 * A ZeroMQ socket that talks to a Jupyter kernel: the part of ZMTP 3.0 that this takes.
 *
 * The `zeromq` package would do, but it is native code: 34 MB, and a test that runs a notebook would
 * have to be allowed everything that native code is (`--allow-ffi`). A system test lets this socket
 * talk to ZeroMQ's own.
 *
 * @module
 */

/** What a client of a kernel needs: requests with replies, and listening to what is published. */
export type SocketKind = "DEALER" | "SUB";

/** The greeting: signature, version 3.0, mechanism NULL (no security), and zeros up to 64 bytes. */
const GREETING = new Uint8Array(64);
GREETING.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
GREETING.set(new TextEncoder().encode("NULL"), 12);

/** Bits of the byte with which a frame begins. */
const MORE = 1, LONG = 2, COMMAND = 4;

/** A connected socket. Messages are lists of frames, and wait in the connection until received. */
export class NotebookSocket implements Disposable {
  readonly #connection: Deno.TcpConn;

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /**
   * Connects to a socket of this machine.
   *
   * @param port Where it listens, on 127.0.0.1.
   * @param kind What this side is. A `SUB` subscribes to everything.
   * @returns The socket, ready.
   * @throws {Deno.errors.ConnectionRefused} If nothing listens there.
   * @throws {TypeError} If what listens there does not speak ZMTP 3.
   */
  static async connect(port: number, kind: SocketKind): Promise<NotebookSocket> {
    const socket = new NotebookSocket(await Deno.connect({ hostname: "127.0.0.1", port }));
    try {
      await socket.#shakeHands(kind);
      if (kind === "SUB") await socket.send([Uint8Array.of(1)]); // 1 and a prefix: here of all
    } catch (error) {
      socket[Symbol.dispose]();
      throw error;
    }
    return socket;
  }

  /**
   * Sends a message.
   *
   * @param frames Its frames, at least one.
   */
  async send(frames: readonly Uint8Array[]): Promise<void> {
    await this.#write(frames.map((frame, k) => _frame(k < frames.length - 1 ? MORE : 0, frame)));
  }

  /**
   * Waits for the next message.
   *
   * @returns Its frames.
   * @throws {Deno.errors.UnexpectedEof} If the other side has gone.
   */
  async receive(): Promise<Uint8Array[]> {
    const frames: Uint8Array[] = [];
    while (true) {
      const { flags, body } = await this.#readFrame();
      if (flags & COMMAND) continue; // of the protocol, none of which matters to a client
      frames.push(body);
      if (!(flags & MORE)) return frames;
    }
  }

  /** Closes the connection. */
  [Symbol.dispose](): void {
    this.#connection.close();
  }

  async #shakeHands(kind: SocketKind): Promise<void> {
    await this.#write([GREETING]);
    const greeting = await this.#read(GREETING.length);
    if (greeting[0] !== 0xff || greeting[10] < 3) {
      throw new TypeError("Cannot connect to a kernel: what listens does not speak ZMTP 3");
    }
    await this.#write([_frame(COMMAND, _ready(kind))]);
    const { flags } = await this.#readFrame();
    if (!(flags & COMMAND)) throw new TypeError("Cannot connect to a kernel: it is not READY");
  }

  async #readFrame(): Promise<{ flags: number; body: Uint8Array }> {
    const [flags] = await this.#read(1);
    const size = flags & LONG
      ? Number(new DataView((await this.#read(8)).buffer).getBigUint64(0))
      : (await this.#read(1))[0];
    return { flags, body: await this.#read(size) };
  }

  async #read(size: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(size);
    for (let have = 0; have < size;) {
      const count = await this.#connection.read(bytes.subarray(have));
      if (count === null) {
        throw new Deno.errors.UnexpectedEof("Cannot receive a message: the kernel has gone");
      }
      have += count;
    }
    return bytes;
  }

  async #write(parts: readonly Uint8Array[]): Promise<void> {
    let bytes = _joined(parts);
    while (bytes.length > 0) bytes = bytes.subarray(await this.#connection.write(bytes));
  }
}

/** A frame: flags, size (in one byte where it fits, else in eight), body. */
function _frame(flags: number, body: Uint8Array): Uint8Array {
  if (body.length < 256) return _joined([Uint8Array.of(flags, body.length), body]);
  const head = new DataView(new ArrayBuffer(9));
  head.setUint8(0, flags | LONG);
  head.setBigUint64(1, BigInt(body.length));
  return _joined([new Uint8Array(head.buffer), body]);
}

/** The command READY with a socket's kind. */
function _ready(kind: SocketKind): Uint8Array {
  return _joined([
    _named("READY"),
    _named("Socket-Type"),
    Uint8Array.of(0, 0, 0, kind.length),
    _text(kind),
  ]);
}

/** A name after its length. */
function _named(name: string): Uint8Array {
  return _joined([Uint8Array.of(name.length), _text(name)]);
}

function _text(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function _joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
