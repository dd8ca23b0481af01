/**
 * The report as one web page. It is not part of `mod.ts`, since it brings the Plotly library.
 *
 * @module
 */
import { plotlyScript } from "../notebook_plotly.ts";
import { experimentSection } from "./experiment_section.ts";
import { type Html, html, trustedHtml } from "./html.ts";
import { partTitle } from "./part_title.ts";
import { progressTable } from "./progress_table.ts";
import { reportSummary } from "./report_summary.ts";
import script from "./report_page.js" with { type: "text" };
import style from "./report_page.css" with { type: "text" };
import type { ReportData, ReportPart } from "./types.ts";
import { verdictTable } from "./verdict_table.ts";
import { waferExplorer } from "./wafer_explorer.ts";

/** Nothing but what the page itself holds: it cannot ask another server for anything. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; " +
  "img-src data: blob:; base-uri 'none'; form-action 'none'";

/**
 * Writes the report: verdicts, every figure beside what the paper shows, wafers to explore, and where
 * everything comes from. The page needs no other file and no network; without scripts it shows the same
 * with static pictures.
 *
 * @param data The reproduction and what its experiments left.
 * @returns The HTML text; equal data give equal text.
 *
 * @example
 * ```ts ignore
 * await Deno.writeTextFile("report.html", reportPage(data));
 * ```
 */
export function reportPage(data: ReportData): string {
  const { reproduction, livePage } = data;
  const parts = _ordered(data.parts);
  const ofPaper = parts.filter(({ experiment }) => experiment.of !== undefined);
  const beyond = parts.filter(({ experiment }) => experiment.of === undefined);
  const explored = parts.find(({ found }) => found?.reconstructions)?.found?.reconstructions;
  const hasPlots = parts.some(({ found }) => found?.figures.some(({ plotly }) => plotly));
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${POLICY}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>hexmover: report</title>
        <style>
    ${trustedHtml(style)}</style>
      </head>
      <body>
    <a class="skip" href="#main">Skip to the report</a>
    <header class="top">
    <p class="name">hexmover</p>
    <h1>Differentiable Earth mover’s distance: the paper and what was measured here</h1>
    ${reportSummary(reproduction, livePage)}
    </header>
    <nav aria-label="Contents">
    <ol>
    <li><a href="#verdicts">Verdicts</a></li>
    ${explored && html`<li><a href="#explorer">Wafer explorer</a></li>`}
    <li><a href="#progress">Experiments and time</a></li>
    ${_links("The paper", ofPaper)}
    ${_links("Beyond the paper", beyond)}
    </ol>
    </nav>
    <main id="main" tabindex="-1">
    <section id="verdicts" aria-labelledby="verdicts-title">
    <h2 id="verdicts-title">Verdicts</h2>
    ${verdictTable(parts)}
    </section>
    ${explored && html`<section id="explorer" aria-labelledby="explorer-title">
<h2 id="explorer-title">Wafer explorer</h2>
<p>Wafers that no network was trained on, from those with the fewest cells hit to those with the most, and what the autoencoder made of each by the loss it was trained with. Arrows are the optimal flow from the wafer to its reconstruction; the EMD is its cost, in half trigger-cell pitches.</p>
${waferExplorer(explored)}
</section>`}
    <section id="progress" aria-labelledby="progress-title">
    <h2 id="progress-title">Experiments and time</h2>
    ${progressTable(parts)}
    </section>
    ${_group("of-paper", "The paper, figure by figure", ofPaper)}
    ${_group("beyond", "Beyond the paper", beyond)}
    </main>
    <footer>
    <p>The paper is <cite>Differentiable Earth mover’s distance for data compression at the high-luminosity LHC</cite> (Shenoy, Duarte et al., arXiv 2306.04712). What is said of its figures are our words; numbers marked as read off come from its plots.</p>
    </footer>
    ${hasPlots
      ? html`<script>${trustedHtml(plotlyScript())}</script>
<script>
${trustedHtml(script)}</script>`
      : undefined}
      </body>
    </html>
  `.text.trim() + "\n";
}

/** The paper's figures, then its tables, then the others, each in the order of the reproduction. */
function _ordered(parts: readonly ReportPart[]): ReportPart[] {
  const place = ({ experiment: { of } }: ReportPart) => of ?? "~";
  return parts.toSorted((one, other) =>
    place(one) < place(other) ? -1 : place(one) > place(other) ? 1 : 0
  );
}

function _links(title: string, parts: readonly ReportPart[]): Html | undefined {
  if (parts.length === 0) return undefined;
  const isOnly = (of: string) =>
    parts.filter(({ experiment }) => experiment.of === of).length === 1;
  return html`<li><span>${title}</span>
<ol>
${
    parts.map(({ experiment }) =>
      html`<li><a href="#${experiment.name}" class="${experiment.state}">${
        experiment.of && isOnly(experiment.of) ? experiment.of : partTitle(experiment)
      }</a></li>`
    )
  }
</ol>
</li>`;
}

function _group(id: string, title: string, parts: readonly ReportPart[]): Html | undefined {
  if (parts.length === 0) return undefined;
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${parts.map(experimentSection)}
</section>`;
}
