/**
 * Pieces of a file, by position: for formats whose table of contents stands at the end, and for files
 * that do not fit into memory.
 *
 * @module
 */

/** Something of known length whose bytes can be read in any order. */
export interface ByteSource {
  /** Its name in errors. */
  readonly name: string;
  /** Its length in bytes. */
  readonly size: number;
  /**
   * Reads a piece of it.
   *
   * @param position Where the piece begins, in [0, size].
   * @param length Its length in bytes; a piece that reaches over the end is cut there.
   * @returns The bytes, a fresh array.
   */
  read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A {@linkcode ByteSource} that holds a file open. */
export type OpenFile = ByteSource & Disposable;

/**
 * Opens a file for reading pieces of it. Needs permission to read it.
 *
 * @param path The file.
 * @returns The file; to be closed, best by `using`.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {Deno.errors.IsADirectory} If it is a folder.
 *
 * @example
 * ```ts
 * import { openByteSource } from "./byte_source_deno.ts";
 * import { assertEquals } from "@std/assert";
 *
 * using file = await openByteSource("data/sample.csv");
 * assertEquals(new TextDecoder().decode(await file.read(0, 6)), "CALQ_0");
 * ```
 */
export async function openByteSource(path: string | URL): Promise<OpenFile> {
  const name = path instanceof URL ? decodeURIComponent(path.pathname) : path;
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(`Cannot read ${name}: there is no such file`, { cause });
  }
  const { size, isDirectory } = await file.stat();
  if (isDirectory) {
    file.close();
    throw new Deno.errors.IsADirectory(`Cannot read ${name}: it is a folder`);
  }
  return {
    name,
    size,
    read: async (position, length) => _readAt(file, position, Math.min(length, size - position)),
    [Symbol.dispose]: () => file.close(),
  };
}

/** Moves and reads in one step, so that no other read can come between. */
function _readAt(file: Deno.FsFile, position: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  file.seekSync(position, Deno.SeekMode.Start);
  for (let filled = 0; filled < length;) {
    const count = file.readSync(bytes.subarray(filled));
    if (count === null) return bytes.slice(0, filled);
    filled += count;
  }
  return bytes;
}
