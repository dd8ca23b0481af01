/**
 * Messages of the Jupyter wire protocol, version 5.3.
 *
 * @module
 */

/** A message from a kernel. */
export interface KernelMessage {
  /** For example `"stream"`. */
  readonly type: string;
  /** What it says, as the protocol has it for this type. */
  // deno-lint-ignore no-explicit-any
  readonly content: any;
}

/** Makes the frames of a request of some type with some content. */
export type RequestWriter = (type: string, content: object) => Promise<Uint8Array[]>;

/** Separates a message from the addresses before it, of which there may be none. */
const DELIMITER = "<IDS|MSG>";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Writes requests to a kernel, signed so that it takes them from nobody else.
 *
 * @param key The secret of the connection file.
 * @returns What writes them.
 *
 * @example
 * ```ts ignore
 * const request = await requestWriter("secret");
 * const frames = await request("execute_request", { code: "6 * 7" });
 * ```
 */
export async function requestWriter(key: string): Promise<RequestWriter> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, [
    "sign",
  ]);
  const session = crypto.randomUUID();

  return async (type, content) => {
    const header = {
      msg_id: crypto.randomUUID(),
      msg_type: type,
      session,
      username: "hexmover",
      date: new Date().toISOString(),
      version: "5.3",
    };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const signature = await crypto.subtle.sign("HMAC", secret, encoder.encode(parts.join("")));
    const texts = [DELIMITER, new Uint8Array(signature).toHex(), ...parts];
    return texts.map((text) => encoder.encode(text));
  };
}

/**
 * Reads a message.
 *
 * @param frames Its frames.
 * @returns What it says.
 * @throws {TypeError} If it is no Jupyter message.
 */
export function readMessage(frames: readonly Uint8Array[]): KernelMessage {
  const texts = frames.map((frame) => decoder.decode(frame));
  const delimiter = texts.indexOf(DELIMITER);
  if (delimiter < 0 || texts.length < delimiter + 6) {
    throw new TypeError(
      `Cannot read a message: it is no Jupyter message, it has ${texts.length} frames`,
    );
  }
  const [header, , , content] = texts.slice(delimiter + 2).map((text) => JSON.parse(text));
  return { type: header.msg_type, content };
}
