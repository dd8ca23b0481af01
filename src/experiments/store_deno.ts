import { fileURLToPath } from "node:url";
import { assertStorePath, type Store } from "./store.ts";

/**
 * A store in a folder on disk. Needs `--allow-read` and `--allow-write` for that folder.
 *
 * A file appears whole or not at all: it is written under a temporary name in the same folder and
 * then renamed. If writing fails the temporary file is removed; if the process is killed it stays,
 * with a name that ends in `.partial`. Links inside the folder are followed.
 *
 * @param root The folder, as a path or a `file:` URL; made when the first file is written.
 * @returns The store.
 * @throws {TypeError} If a URL is given that is not a `file:` URL.
 *
 * @example Kept in a folder of its own
 * ```ts
 * import { fileStore } from "@hexmover/hexmover/experiments";
 * import { assertRejects } from "@std/assert";
 *
 * const store = fileStore("results");
 * await assertRejects(() => store.read("../deno.json"), RangeError, "must be relative");
 * ```
 */
export function fileStore(root: string | URL): Store {
  const folder = typeof root === "string" ? root : fileURLToPath(root);
  return {
    async read(path) {
      assertStorePath(path);
      try {
        return await Deno.readFile(`${folder}/${path}`);
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return undefined;
        throw error;
      }
    },
    async write(path, bytes) {
      assertStorePath(path);
      await _writeWhole(`${folder}/${path}`, bytes);
    },
  };
}

async function _writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
  // A name of its own for each write, so that two writers of one file cannot mix their bytes.
  const temporary = `${file}.${crypto.randomUUID()}.partial`;
  try {
    await Deno.writeFile(temporary, bytes, { createNew: true });
    await Deno.rename(temporary, file);
  } catch (error) {
    // The first error is the one to report, also when nothing was there to remove.
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}
