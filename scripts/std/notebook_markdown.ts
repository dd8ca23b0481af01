/**
 * The Markdown of notebooks as HTML, with formulas as MathML, which browsers draw by themselves.
 *
 * @module
 */
import { Marked, type MarkedExtension } from "npm:marked@18.2.1";
import temml from "npm:temml@0.13.5";
import { escapeXml } from "../../src/experiments/svg.ts";

/** `$$...$$`, over several lines if need be. */
const DISPLAYED = /^\$\$([\s\S]+?)\$\$/;
/** `$...$` without space inside the dollars or a digit behind them, so that prices stay prices. */
const INLINE = /^\$(?!\s)([^$`]+?)(?<!\s)\$(?!\d)/;

const FORMULAS: MarkedExtension = {
  extensions: [_formula("displayed", DISPLAYED), _formula("formula", INLINE)],
};

const parser = new Marked(FORMULAS);

/**
 * Renders a text.
 *
 * @param markdown Markdown with formulas between `$` or `$$`, as Jupyter takes it.
 * @returns HTML. A formula that TeX would not understand is shown as it stands.
 *
 * @example
 * ```ts ignore
 * markdownHtml("Half a pitch, $d = 1$"); // <p>Half a pitch, <math>...</math></p>
 * ```
 */
export function markdownHtml(markdown: string): string {
  return parser.parse(markdown, { async: false });
}

/** A piece of the syntax: what matches the pattern is a formula. */
function _formula(
  name: string,
  pattern: RegExp,
): NonNullable<MarkedExtension["extensions"]>[number] {
  return {
    name,
    level: "inline",
    start: (text) => text.indexOf("$"),
    tokenizer(text) {
      const match = pattern.exec(text);
      return match ? { type: name, raw: match[0], tex: match[1] } : undefined;
    },
    renderer({ raw, tex }) {
      try {
        return temml.renderToString(tex, { displayMode: name === "displayed", throwOnError: true });
      } catch {
        return escapeXml(raw);
      }
    },
  };
}
