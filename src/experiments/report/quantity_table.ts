import { formatMean, formatPaper, type Quantity } from "../quantity.ts";
import { type Html, html } from "./html.ts";
import { typeset } from "./typeset.ts";

/**
 * All numbers of an experiment, folded away.
 *
 * @param quantities The quantities.
 * @returns A `<details>`; `undefined` when there is none.
 *
 * @example
 * ```ts
 * import { quantity } from "@hexmover/hexmover/experiments";
 * import { quantityTable } from "./quantity_table.ts";
 * import { assert } from "@std/assert";
 *
 * const table = quantityTable([quantity("median EMD", "half pitch", [1, 2])]);
 * assert(table!.text.includes("median EMD"));
 * ```
 */
export function quantityTable(quantities: readonly Quantity[]): Html | undefined {
  if (quantities.length === 0) return undefined;
  const count = quantities.length === 1 ? "The number" : `All ${quantities.length} numbers`;
  return html`
    <details>
      <summary>${count}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Numbers">
        <table>
          <caption>Means over the values, one a seed as a rule, with their standard deviation</caption>
          <thead>
            <tr>
              <th scope="col">Quantity</th>
              <th scope="col" class="number">Mean</th>
              <th scope="col">Unit</th>
              <th scope="col" class="number">Values</th>
              <th scope="col" class="number">Paper</th>
            </tr>
          </thead>
          <tbody>
    ${quantities.map(_row)}
          </tbody>
        </table>
      </div>
    </details>
  `;
}

function _row(quantity: Quantity): Html {
  const { name, unit, values, paper } = quantity;
  return html`
    <tr>
      <th scope="row">${name}</th>
      <td class="number">${typeset(formatMean(quantity))}</td>
      <td>${unit}</td>
      <td class="number">${values.length}</td>
      <td class="number">${paper === undefined ? "" : typeset(formatPaper(paper))}</td>
    </tr>
  `;
}
