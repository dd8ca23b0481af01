import { assert, assertEquals } from "@std/assert";
import { plotlyInit, plotlyScript } from "../../src/experiments/notebook_plotly.ts";

Deno.test("plotlyScript() is a script that does not end before its end", () => {
  assert(!/<\/script/i.test(plotlyScript()));
  new Function(plotlyScript()); // throws if the change broke it
});

Deno.test("plotlyInit() puts the library into the page and says so in words", () => {
  const forms = plotlyInit()[Symbol.for("Jupyter.display")]();
  assertEquals(forms["text/html"], `<script>${plotlyScript()}</script>`);
  assertEquals(forms["text/plain"], "[Plotly is on this page]");
});
