import { writeWholeFile } from "../../src/datasets/formats/whole_file_deno.ts";

/**
 * Writes a value as JSON in one line, to a file that is there as a whole or not at all.
 *
 * @param path The file; its folder must be there.
 * @param value The value.
 * @param content What it is, for errors: "Cannot write ${content} to ${path}".
 * @throws {Deno.errors.NotFound} If there is no such folder.
 * @throws {Error} If the disk is full.
 */
export async function writeJson(path: string, value: unknown, content: string): Promise<void> {
  await writeWholeFile(path, [new TextEncoder().encode(JSON.stringify(value) + "\n")], content);
}
