/**
 * Files that a process which was stopped had not finished.
 *
 * @module
 */

/**
 * Removes files that are being written, whose names end in `.partial`, from a folder and those in it.
 *
 * @param folder The folder.
 * @param since Files that were last written to before are left alone: another process may be slow.
 * @returns How many were removed.
 */
export async function removePartialFiles(folder: string, since: Date): Promise<number> {
  let removed = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) removed += await removePartialFiles(path, since);
    else if (name.endsWith(".partial")) {
      if (await _removeSince(path, since)) removed++;
    }
  }
  return removed;
}

/** Removes a file; one that has got its own name meanwhile, by a job that ended well, is none any more. */
async function _removeSince(path: string, since: Date): Promise<boolean> {
  try {
    const { mtime } = await Deno.stat(path);
    if (mtime === null || mtime < since) return false;
    await Deno.remove(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
