/**
 * The Plotly library for pages that are to work without a server. It is not part of `mod.ts`, since it
 * downloads 1.5 MB.
 *
 * @module
 */
import library from "npm:plotly.js-cartesian-dist-min@4.1.1/plotly-cartesian.min.js" with {
  type: "text",
};
import type { NotebookDisplay } from "./notebook_display.ts";

/**
 * The Plotly library as it may stand between `<script>` and `</script>`.
 *
 * @returns The text, 1.5 MB.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { plotlyScript } from "./notebook_plotly.ts";
 *
 * const page = `<script>${plotlyScript()}</script><div id="plot"></div>
 *   <script>Plotly.newPlot("plot", [{ y: [1, 2] }], {})</script>`;
 * assert(page.length > 1e6);
 * ```
 */
export function plotlyScript(): string {
  return library.replaceAll("</script", "<\\/script");
}

/**
 * Puts Plotly into a notebook's page, for front ends that do not know Plotly themselves: as the last
 * value of a cell, before the figures. The notebook's file then grows by 1.5 MB.
 *
 * @returns What the kernel shows.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { plotlyInit } from "./notebook_plotly.ts";
 *
 * const forms = plotlyInit()[Symbol.for("Jupyter.display")]();
 * assert("text/html" in forms);
 * ```
 */
export function plotlyInit(): NotebookDisplay {
  return {
    [Symbol.for("Jupyter.display")]: () => ({
      "text/html": `<script>${plotlyScript()}</script>`,
      "text/plain": "[Plotly is on this page]",
    }),
  };
}
