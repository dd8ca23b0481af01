import { assert, assertEquals } from "@std/assert";
import { markdownHtml } from "../../../scripts/std/notebook_markdown.ts";

Deno.test("markdownHtml() renders Markdown", () => {
  assertEquals(
    markdownHtml("# Title\n\na *b* `c`"),
    [
      "<h1>Title</h1>\n",
      "<p>a <em>b</em> <code>c</code></p>\n",
    ].join(""),
  );
});

Deno.test("markdownHtml() renders formulas as MathML, in a line and displayed", () => {
  const html = markdownHtml("half $\\frac{a}{b}$ and $$\\sum_{ij}\nf_{ij} d_{ij}$$ $x_i$");
  assertEquals(html.match(/<math/g)?.length, 3);
  assertEquals(html.match(/display="block"/g)?.length, 1);
  assert(html.includes("<mfrac>"));
  assert(!html.includes("$") && !html.includes("<em>"), "underscores in formulas are no emphasis");
});

Deno.test("markdownHtml() leaves prices and code alone", () => {
  const html = markdownHtml("from $5 to $10, and `$x$`");
  assert(!html.includes("<math"), html);
});

Deno.test("markdownHtml() shows a formula that is none as it stands", () => {
  assert(markdownHtml("$\\frac{a$").includes("\\frac{a"));
});
