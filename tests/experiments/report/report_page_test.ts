import { assert, assertEquals } from "@std/assert";
import { reportPage } from "../../../src/experiments/report/report_page.ts";
import { donePart, NASTY, reportData } from "./_parts.ts";

/** Without Plotly's text, in which anything may occur. */
const withoutLibrary = (page: string) => page.replace(/<script>\/\*\*?[\s\S]*?<\/script>/, "");
const PAGE = withoutLibrary(reportPage(reportData()));

Deno.test("the paper comes first, in its order, and what goes beyond last", () => {
  const sections = [...PAGE.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id);
  assertEquals(sections, [
    "verdicts",
    "explorer",
    "progress",
    "of-paper",
    "fig5",
    "fig6_autoencoder",
    "fig7",
    "beyond",
    "outlook",
  ]);
});

Deno.test("ids are unique, links within the page lead somewhere, headings have no gap", () => {
  const ids = [...PAGE.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  assertEquals(ids.filter((id, k) => ids.indexOf(id) !== k), []);
  const links = [...PAGE.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  assert(links.includes("main"), "the skip link");
  assertEquals(links.filter((id) => !ids.includes(id)), []);
  const levels = [...PAGE.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
  assertEquals(levels[0], 1);
  assertEquals(levels.filter((level, k) => k > 0 && level > levels[k - 1] + 1), []);
});

Deno.test("experiments of one figure are told apart in the contents", () => {
  const two = [
    donePart({ name: "one", shows: "rows" }),
    donePart({ name: "other", shows: "sums" }),
  ];
  const page = reportPage(
    reportData({ parts: [...two, donePart({ name: "five", of: "Fig. 5" })] }),
  );
  const [contents] = /<nav[\s\S]*<\/nav>/.exec(page)!;
  for (const name of ["Fig. 5", "Fig. 6: rows", "Fig. 6: sums"]) {
    assert(contents.includes(`>${name}<`));
  }
});

Deno.test("the page can ask nobody else for anything", () => {
  const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(PAGE)!;
  assert(policy.startsWith("default-src &#39;none&#39;;"));
  assertEquals(PAGE.match(/(?:src|href)="(?:https?:)?\/\//g), null);
  assertEquals(PAGE.match(/@import|url\(/g), null);
});

Deno.test("Plotly is on the page just once, and only when there is a plot", () => {
  assert(reportPage(reportData()).length > 1e6);
  const part = donePart(), [, drawing] = part.found!.figures;
  const parts = [{ ...part, found: { ...part.found!, figures: [drawing] } }];
  assert(reportPage(reportData({ parts })).length < 1e5);
});

Deno.test("nothing that files say becomes markup", () => {
  const data = reportData();
  const part = donePart({ shows: NASTY, error: NASTY, arguments: [NASTY] });
  const page = reportPage({
    parts: [part],
    reproduction: { ...data.reproduction, input: NASTY, backend: NASTY, version: NASTY },
  });
  const own = withoutLibrary(page).match(/<img [^>]*>/g)!;
  assertEquals(own.filter((tag) => !tag.startsWith('<img src="data:image/svg+xml')), []);
});
