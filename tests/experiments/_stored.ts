/**
 * Comparison with the drawings that are stored in `output/`.
 *
 * @module
 */
import { assertEquals } from "@std/assert";

/** Where the drawings are stored. */
export const OUTPUT = new URL("output/", import.meta.url);

/** Fails unless a drawing is stored under this name, byte by byte. */
export async function storedSvg(name: string, svg: string): Promise<void> {
  const stored = await Deno.readTextFile(new URL(`${name}.svg`, OUTPUT)).catch(() => "");
  assertEquals(
    svg + "\n",
    stored,
    `Drawing ${name} differs from tests/experiments/output/${name}.svg. If it should, run ` +
      "`deno run --allow-write=tests/experiments/output tests/experiments/renew_figures.ts` " +
      "and look at the new one before keeping it",
  );
}
