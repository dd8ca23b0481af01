import { join } from "node:path";
import type { CheckpointStore } from "../../tensor/training/types.ts";

/**
 * Reads files of a folder on disk.
 *
 * @param folder The folder.
 * @returns A store that can only be read.
 */
export function folderReader(folder: string): Pick<CheckpointStore, "read"> {
  return {
    async read(path: string): Promise<Uint8Array | undefined> {
      try {
        return await Deno.readFile(join(folder, path));
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return undefined;
        throw error;
      }
    },
  };
}
