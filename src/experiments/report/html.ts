import { escapeXml } from "../svg.ts";

/** Text that is HTML already, and is not escaped again. */
export class Html {
  /**
   * Takes text as HTML. Only {@linkcode html} and {@linkcode trustedHtml} should.
   *
   * @param text The HTML.
   */
  constructor(readonly text: string) {}

  /**
   * The HTML.
   *
   * @returns The text.
   */
  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: text is escaped, lists are joined, `undefined` is nothing. */
export type HtmlValue = string | number | Html | undefined | readonly HtmlValue[];

/**
 * Writes HTML in which every value is escaped, as text or within a quoted attribute. What comes from
 * files, such as titles and errors, can therefore not change the page.
 *
 * @param parts The template's own text, which is taken as it stands.
 * @param values What stands between.
 * @returns The HTML.
 *
 * @example
 * ```ts
 * import { html } from "./html.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const items = ["EMD < 1", "b"].map((text) => html`<li>${text}</li>`);
 * assertEquals(html`<ul>${items}</ul>`.text, "<ul><li>EMD &lt; 1</li>\n<li>b</li></ul>");
 * ```
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(
    parts.reduce((text, part, i) => text + _written(values[i - 1]) + part),
  );
}

/**
 * Takes text as HTML without escaping: for text that this project wrote, such as a style sheet.
 *
 * @param text The HTML.
 * @returns The same, for templates of {@linkcode html}.
 *
 * @example
 * ```ts
 * import { html, trustedHtml } from "./html.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(html`<p>${trustedHtml("<br>")}</p>`.text, "<p><br></p>");
 * ```
 */
export function trustedHtml(text: string): Html {
  return new Html(text);
}

/**
 * JSON as it may stand within a `<script>`, which no text inside it can end.
 *
 * @param json The JSON text.
 * @returns The same JSON with `<` written as `\u003c`.
 *
 * @example
 * ```ts
 * import { scriptJson } from "./html.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { text } = scriptJson('{"a":"</script>"}');
 * assertEquals(text, '{"a":"\\u003c/script>"}');
 * assertEquals(JSON.parse(text), { a: "</script>" });
 * ```
 */
export function scriptJson(json: string): Html {
  return new Html(json.replaceAll("<", "\\u003c"));
}

function _written(value: HtmlValue): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(_written).join("\n");
  return escapeXml(String(value));
}
