/**
 * Draws the stored figures anew. Look at what changed before you keep it:
 *
 * ```sh
 * deno run --allow-write=tests/experiments/output tests/experiments/renew_figures.ts
 * ```
 *
 * @module
 */
import { figureSvg } from "../../src/experiments/figure_vega.ts";
import { drawings, figures } from "./_gallery.ts";

const output = new URL("output/", import.meta.url);
for (const [name, figure] of Object.entries(figures)) {
  await Deno.writeTextFile(new URL(`${name}.svg`, output), await figureSvg(figure) + "\n");
}
for (const [name, svg] of Object.entries(drawings)) {
  await Deno.writeTextFile(new URL(`${name}.svg`, output), svg + "\n");
}
