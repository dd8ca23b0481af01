/**
 * Wafers in files.
 *
 * @module
 */
import { parseWaferCsv, type WaferCsvOptions } from "./csv.ts";
import { waferCsvPieces } from "./csv_format.ts";
import type { Charges, WaferTable } from "./wafer_table.ts";

/** Options of {@linkcode readWafers}. */
export type ReadWafersOptions = Omit<WaferCsvOptions, "source">;

/**
 * Reads wafers from a file, a table at a time; see {@linkcode parseWaferCsv} for what the file may
 * hold. Needs permission to read the file.
 *
 * @param path A file whose name ends in `.csv`.
 * @param options Order of the cells and size of the tables.
 * @returns Tables of up to `chunkRows` wafers, in train order.
 * @throws {TypeError} If the name has another ending, or the content is not a table of wafers; the
 * error names file and line.
 * @throws {RangeError} If a charge is negative, NaN or infinite; the error names file and line.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {Deno.errors.IsADirectory} If it is a folder.
 *
 * @example
 * ```ts
 * import { readWafers } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * let count = 0;
 * for await (const table of readWafers("data/sample.csv")) count += table.count;
 * assertEquals(count, 2000);
 * ```
 */
export function readWafers(
  path: string | URL,
  options: ReadWafersOptions = {},
): AsyncIterable<WaferTable> {
  const source = _csvName(path, "read wafers from");
  // Wrong options are found now, the file is opened when the first table is asked for.
  return parseWaferCsv(_bytes(path, source), { ...options, source });
}

/**
 * Writes wafers to a file. The file appears under its name when it is complete: until then it has
 * the ending `.partial`, and it is removed when anything goes wrong. Needs permission to read and to
 * write in the folder: renaming a file takes both.
 *
 * @param path A file whose name ends in `.csv`; one that exists is replaced.
 * @param tables The wafers, in one table or several with the same columns.
 * @returns The number of wafers written.
 * @throws {TypeError} If the name has another ending, there are no wafers, or a table does not fit
 * the others.
 * @throws {RangeError} If a charge is negative, NaN or infinite.
 * @throws {Deno.errors.NotFound} If there is no such folder.
 *
 * @example
 * ```ts ignore
 * import { readWafers, writeWafers } from "@hexmover/hexmover/datasets";
 *
 * await writeWafers("results/copy.csv", readWafers("data/sample.csv"));
 * ```
 */
export async function writeWafers(
  path: string | URL,
  tables: WaferTable<Charges> | Iterable<WaferTable<Charges>> | AsyncIterable<WaferTable<Charges>>,
): Promise<number> {
  const name = _csvName(path, "write wafers to");
  const partial = _partialOf(path);
  let count = 0;
  async function* counted(): AsyncGenerator<WaferTable<Charges>> {
    for await (const table of "charges" in tables ? [tables] : tables) {
      count += table.count;
      yield table;
    }
  }
  const writer = await _createFile(partial, name);
  try {
    await ReadableStream.from(waferCsvPieces(counted()))
      .pipeThrough(new TextEncoderStream())
      .pipeTo(writer.writable);
    if (count === 0) throw new TypeError(`Cannot write wafers to ${name}: there are none`);
    await Deno.rename(partial, path);
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw error;
  }
  return count;
}

/** The name of a file for messages, when it ends as it must. */
function _csvName(path: string | URL, doing: string): string {
  const name = path instanceof URL ? decodeURIComponent(path.pathname) : path;
  if (!name.toLowerCase().endsWith(".csv")) {
    throw new TypeError(`Cannot ${doing} ${name}: the name must end in .csv`);
  }
  return name;
}

function _partialOf(path: string | URL): string | URL {
  const ending = `.${crypto.randomUUID()}.partial`;
  if (typeof path === "string") return path + ending;
  const partial = new URL(path);
  partial.pathname += ending;
  return partial;
}

async function _createFile(partial: string | URL, name: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(partial, { write: true, createNew: true });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(`Cannot write wafers to ${name}: there is no such folder`, {
      cause,
    });
  }
}

async function* _bytes(path: string | URL, name: string): AsyncGenerator<Uint8Array> {
  let reader: Deno.FsFile;
  try {
    reader = await Deno.open(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(`Cannot read wafers from ${name}: there is no such file`, {
      cause,
    });
  }
  // A folder can be opened like a file on some systems, and fails only when it is read.
  if ((await reader.stat()).isDirectory) {
    reader.close();
    throw new Deno.errors.IsADirectory(`Cannot read wafers from ${name}: it is a folder`);
  }
  yield* reader.readable;
}
