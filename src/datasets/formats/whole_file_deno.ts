/**
 * Files that are there as a whole or not at all.
 *
 * @module
 */

/**
 * Writes a file that appears under its name when it is complete: until then it stands beside, with
 * the ending `.partial`, and is removed when anything goes wrong. One that exists is replaced. Needs
 * permission to read and to write in the folder: renaming a file takes both.
 *
 * @param path The file.
 * @param pieces Its content. An error while a piece is made leaves nothing behind.
 * @param content What it holds, for errors: "Cannot write ${content} to ${path}".
 * @throws {Deno.errors.NotFound} If there is no such folder.
 * @throws {Error} If the disk is full.
 *
 * @example
 * ```ts ignore
 * await writeWholeFile("results/notes.txt", [new TextEncoder().encode("done\n")], "notes");
 * ```
 */
export async function writeWholeFile(
  path: string | URL,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  content: string,
): Promise<void> {
  const doing = `Cannot write ${content} to ${fileName(path)}`;
  const partial = _besides(path);
  const file = await _create(partial, doing);
  try {
    await ReadableStream.from(pieces).pipeTo(file.writable);
    await Deno.rename(partial, path);
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    if (!_isFull(error)) throw error;
    throw new Error(`${doing}: the disk is full`, { cause: error });
  }
}

/**
 * The name of a file for messages.
 *
 * @param path The file.
 * @returns A path without percent signs.
 */
export function fileName(path: string | URL): string {
  return path instanceof URL ? decodeURIComponent(path.pathname) : path;
}

function _besides(path: string | URL): string | URL {
  const ending = `.${crypto.randomUUID()}.partial`;
  if (typeof path === "string") return path + ending;
  const partial = new URL(path);
  partial.pathname += ending;
  return partial;
}

async function _create(partial: string | URL, doing: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(partial, { write: true, createNew: true });
  } catch (cause) {
    if (_isFull(cause)) throw new Error(`${doing}: the disk is full`, { cause });
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(`${doing}: there is no such folder`, { cause });
  }
}

/** No room, or no more than a quota allows. */
function _isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error &&
    (error.code === "ENOSPC" || error.code === "EDQUOT");
}
