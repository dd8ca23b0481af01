/**
 * One reproduction at a time in a folder of results: two would overwrite each other's state.
 *
 * @module
 */
import { provenance } from "../../src/experiments/mod.ts";

/** The file in the folder of results: there, and locked, as long as a reproduction runs. */
export const LOCK = "reproduction.lock";

/**
 * Takes a folder of results for this process. The lock is the operating system's (`flock`), which frees
 * it however the process ends: a file that a killed one has left is in nobody's way.
 *
 * @param results The folder, made if it is not there.
 * @returns What gives the folder free, and removes the file, when disposed of.
 * @throws {RangeError} If another process has the folder.
 *
 * @example
 * ```ts no-eval
 * import { lockResults } from "./reproduction_lock.ts";
 *
 * using lock = await lockResults("results"); // Until the block ends, nobody else gets it.
 * ```
 */
export async function lockResults(results: string): Promise<Disposable> {
  const path = `${results}/${LOCK}`;
  await Deno.mkdir(results, { recursive: true });
  const file = await _lockedFile(path);
  if (file === undefined) {
    throw new RangeError(
      `Cannot reproduce: ${await _holder(path)} is at work there and holds ${path}; wait for its ` +
        "end, or choose another folder by --results",
    );
  }
  const { time, host } = await provenance();
  const place = host === "unknown" ? "" : ` on ${host}`;
  await file.truncate();
  await file.write(new TextEncoder().encode(`process ${Deno.pid}${place}, since ${time}\n`));
  return {
    [Symbol.dispose]() {
      // Removed while it is locked: nobody else can have it.
      try {
        Deno.removeSync(path);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      } finally {
        file.close();
      }
    },
  };
}

/** The file, locked; `undefined` if another process has locked it. */
async function _lockedFile(path: string): Promise<Deno.FsFile | undefined> {
  while (true) {
    const file = await Deno.open(path, { read: true, write: true, create: true });
    const isOurs = await _isLocked(file);
    // Its holder may have removed it before we had the lock: then it is no longer the one to lock.
    if (isOurs && await _isAt(file, path)) return file;
    file.close();
    if (!isOurs) return undefined;
  }
}

async function _isLocked(file: Deno.FsFile): Promise<boolean> {
  try {
    return await file.tryLock(true);
  } catch {
    // Some file systems of clusters know no locks: there, to run is better than to refuse.
    return true;
  }
}

async function _isAt(file: Deno.FsFile, path: string): Promise<boolean> {
  try {
    const [held, there] = await Promise.all([file.stat(), Deno.stat(path)]);
    return held.ino === there.ino;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Who has locked it, as it says itself. */
async function _holder(path: string): Promise<string> {
  const text = await Deno.readTextFile(path).catch(() => "");
  return text.trim() || "another process";
}
