import type { NetworkStore } from "../network_files.ts";

/**
 * Reads files on disk by their paths.
 *
 * @returns A store that can only be read.
 */
export function fileReader(): Pick<NetworkStore, "read"> {
  return {
    async read(path: string): Promise<Uint8Array | undefined> {
      try {
        return await Deno.readFile(path);
      } catch (error) {
        const { NotFound, NotADirectory } = Deno.errors;
        if (error instanceof NotFound || error instanceof NotADirectory) return undefined;
        throw error;
      }
    },
  };
}
