import { assert, assertEquals } from "@std/assert";
import { html, scriptJson, trustedHtml } from "../../../src/experiments/report/html.ts";
import { NASTY } from "./_parts.ts";

const ESCAPED = "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quoted&quot; &#39;twice&#39; " +
  "&lt;/script&gt;";

Deno.test("html`` escapes text, also in lists and attributes, and HTML once only", () => {
  assertEquals(html`<p title="${NASTY}">${NASTY}</p>`.text, `<p title="${ESCAPED}">${ESCAPED}</p>`);
  assertEquals(html`${[NASTY, [NASTY]]}`.text, `${ESCAPED}\n${ESCAPED}`);
  assertEquals(html`<b>${html`<i>${"<"}</i>`}</b>`.text, "<b><i>&lt;</i></b>");
  assertEquals(`${html`${trustedHtml("<br>")}`}`, "<br>");
});

Deno.test("html`` writes numbers, also 0, and nothing for undefined", () => {
  assertEquals(html`${0}|${undefined}|${-1.5}|${[]}`.text, "0||-1.5|");
});

Deno.test("scriptJson() holds no end of a script and reads as the same", () => {
  const json = JSON.stringify({ title: NASTY, more: "<!-- <script>" });
  const { text } = scriptJson(json);
  assert(!text.includes("<"));
  assertEquals(JSON.parse(text), JSON.parse(json));
});
