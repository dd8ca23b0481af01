import { fileURLToPath } from "node:url";
import { writeWholeFile } from "../datasets/formats/whole_file_deno.ts";
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
      const file = `${folder}/${path}`;
      await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
      await writeWholeFile(file, [bytes], "results");
    },
  };
}
