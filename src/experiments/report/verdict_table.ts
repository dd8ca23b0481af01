import { formatMean, formatPaper, type Quantity } from "../quantity.ts";
import { type Verdict, verdict } from "../verdict.ts";
import { type Html, html } from "./html.ts";
import { typeset } from "./typeset.ts";
import { partTitle } from "./part_title.ts";
import type { ReportPart } from "./types.ts";

/** What a verdict is called in a count and in the table. */
const WORDS: Readonly<Record<Verdict["kind"], string>> = {
  agrees: "agrees",
  above: "above",
  below: "below",
  undecided: "undecided",
};

/**
 * Every quantity that the paper gives a value for: that value, ours with its spread, and the verdict
 * that follows from both.
 *
 * @param parts The experiments.
 * @returns The table below a line that counts the verdicts; a line alone when there is none yet.
 *
 * @example
 * ```ts
 * import { verdictTable } from "./verdict_table.ts";
 * import { assert } from "@std/assert";
 *
 * assert(verdictTable([]).text.includes("No value of the paper"));
 * ```
 */
export function verdictTable(parts: readonly ReportPart[]): Html {
  const groups = parts
    .map((part) => ({ part, rows: _published(part.found?.result.quantities ?? []) }))
    .filter(({ rows }) => rows.length > 0);
  if (groups.length === 0) {
    return html`<p>No value of the paper has been measured yet.</p>`;
  }
  return html`
    ${_counts(groups.flatMap(({ rows }) => rows.map(({ found }) => found)))}
    <div class="scroll" tabindex="0" role="region" aria-labelledby="verdicts-caption">
      <table class="verdicts stacked" role="table">
    <caption id="verdicts-caption">Values of the paper and those measured here. Ours are means over seeds with their standard deviation; a verdict follows from both and from nothing else.</caption>
    <thead role="rowgroup">
    <tr role="row"><th scope="col" role="columnheader">Quantity</th><th scope="col" role="columnheader" class="number">Paper</th><th scope="col" role="columnheader" class="number">Here</th><th scope="col" role="columnheader">Verdict</th></tr>
    </thead>
    ${groups.map(({ part, rows }) => _group(part, rows))}
      </table>
    </div>
  `;
}

interface _Row {
  readonly quantity: Quantity;
  readonly found: Verdict;
}

function _published(quantities: readonly Quantity[]): _Row[] {
  return quantities.flatMap((quantity) => {
    const found = verdict(quantity);
    return found === undefined ? [] : [{ quantity, found }];
  });
}

function _counts(verdicts: readonly Verdict[]): Html {
  const kinds = (Object.keys(WORDS) as Verdict["kind"][]).flatMap((kind) => {
    const count = verdicts.filter((one) => one.kind === kind).length;
    return count === 0
      ? []
      : [html`<li><span class="verdict ${kind}">${WORDS[kind]}</span> <b>${count}</b></li>`];
  });
  return html`<ul class="counts" aria-label="Verdicts">${kinds}</ul>`;
}

function _group({ experiment }: ReportPart, rows: readonly _Row[]): Html {
  return html`<tbody role="rowgroup">
<tr class="group" role="row"><th scope="rowgroup" role="rowheader" colspan="4"><a href="#${experiment.name}">${
    partTitle(experiment)
  }</a> <span class="preset">${experiment.preset}</span></th></tr>
${rows.map(_row)}
</tbody>`;
}

function _row({ quantity, found }: _Row): Html {
  const { name, unit, paper, values } = quantity;
  const count = values.length === 1 ? "1 value" : `${values.length} values`;
  const reason = typeset(found.text.replace(/^[a-z]+:? ?/, ""));
  return html`
    <tr role="row">
      <th scope="row" role="rowheader">${name}</th>
      <td role="cell" class="number" data-label="Paper">${typeset(formatPaper(paper!))} ${unit}</td>
      <td role="cell" class="number"
        data-label="Here">${typeset(formatMean(quantity))} ${unit} <small>${count}</small></td>
      <td
        role="cell"><span class="verdict ${found
          .kind}">${WORDS[found.kind]}</span> <small>${reason}</small></td>
    </tr>
  `;
}
