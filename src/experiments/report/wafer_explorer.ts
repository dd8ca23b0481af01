import { CELLS } from "../../wafer/cells.ts";
import { type ChargeFlow, waferEmd } from "../../wafer/emd.ts";
import { VIRIDIS } from "../color_map.ts";
import { type Html, html, trustedHtml } from "./html.ts";
import { lossName } from "./loss_name.ts";
import type { Reconstructions } from "./reconstructions.ts";
import { waferPanel, waferPanelShapes } from "./wafer_panel.ts";

/** Flows of less charge are not drawn, %: reconstructions have a little charge nearly everywhere. */
const LEAST_FLOW = 0.3;
/** Charges that would not be counted, half an ADC count, are shown as none. */
const FAINTEST = 0.5;
/** The same in a wafer of few counts, as part of its largest charge. */
const FAINTEST_PART = 0.02;

/** What one loss made of a wafer. */
interface _Reconstruction {
  readonly loss: string;
  /** Charges, of the wafer's sum. */
  readonly charges: readonly number[];
  readonly emd: number;
  readonly flows: readonly ChargeFlow[];
}

/**
 * Wafers to choose from, each with its reconstruction by each loss, the optimal flow between both as
 * arrows, and the EMD. Choosing is a group of radio buttons, which the style sheet connects with what it
 * shows: it works by pointer and by arrow keys, and without a script.
 *
 * @param reconstructions Wafers and reconstructions.
 * @returns The explorer, without a heading.
 *
 * @example
 * ```ts
 * import { waferExplorer } from "./wafer_explorer.ts";
 * import { assert } from "@std/assert";
 *
 * const [one, other] = [5, 6].map((cell) => Array(48).fill(0).with(cell, 70));
 * const { text } = waferExplorer({
 *   order: "train",
 *   wafers: [one],
 *   reconstructions: { exact_emd: [other] },
 *   emd: { exact_emd: [2] },
 * });
 * assert(text.includes("EMD 2.00"));
 * ```
 */
export function waferExplorer(reconstructions: Reconstructions): Html {
  const { wafers } = reconstructions, count = wafers.length;
  return html`${waferPanelShapes()}
<div class="explorer">
<fieldset class="picker">
<legend>Choose a wafer: click, or use the arrow keys</legend>
<div class="thumbnails">
${wafers.map(_thumbnail)}
</div>
</fieldset>
<p class="switch"><label><input type="checkbox" id="show-flow" checked> Show the optimal flow</label></p>
${wafers.map((charges, k) => _wafer(charges, k, count, _of(reconstructions, k)))}
</div>
<style>
${trustedHtml(wafers.map((_, k) => _rule(k)).join("\n"))}
</style>`;
}

/** Shows a wafer while its radio button is chosen. */
function _rule(k: number): string {
  return `.explorer:has(#pick-${k}:checked) #wafer-${k} { display: block; }`;
}

function _thumbnail(charges: readonly number[], k: number, wafers: readonly unknown[]): Html {
  const label = `Wafer ${k + 1}, ${_summary(charges)}`;
  // The page begins neither with the emptiest wafer nor with the fullest.
  const checked = k === Math.floor(wafers.length / 3) ? " checked" : "";
  return html`
    <label title="${label}">
      <input type="radio" name="wafer" id="pick-${k}" value="${k}"${trustedHtml(checked)}>
      ${_picture(charges, label, charges)}
    </label>
  `;
}

function _wafer(
  charges: readonly number[],
  k: number,
  count: number,
  made: readonly _Reconstruction[],
): Html {
  const brightest = Math.max(...charges);
  const widest = Math.max(0, ...made.flatMap(({ flows }) => flows.map(({ mass }) => mass)));
  const panels = made.map(({ loss, charges: output, emd, flows }) => {
    const isLeast = made.every((other) => emd <= other.emd);
    const label = `Reconstruction, trained with ${lossName(loss)}: EMD ${emd.toFixed(2)}`;
    const words = `EMD ${emd.toFixed(2)}${isLeast ? ", the least" : ""}`;
    const picture = _picture(output, label, charges, { flows, widest });
    return _panel(lossName(loss), words, picture, isLeast ? "least" : "made");
  });
  return html`
    <article id="wafer-${k}" class="chosen" aria-label="Wafer ${k + 1}">
      <h3>Wafer ${k + 1} of ${count}: ${_summary(charges)}</h3>
      <div class="panels">
        ${_panel("Wafer", "as measured", _picture(charges, "The wafer", charges), "measured")}
        ${panels}
      </div>
      <div class="scale">
        <span class="ramp" style="background: ${_ramp()}"></span>
        <p><span>0</span> <span>${_count(brightest / 4)}</span> <span>${_count(
          brightest,
        )}</span></p>
      </div>
      <p class="note">Colours are ADC counts. ${_note(widest)}</p>
    </article>
  `;
}

function _panel(title: string, words: string, picture: Html, kind: string): Html {
  return html`
    <figure class="${kind}">
      <figcaption><b>${title}</b><span>${words}</span></figcaption>
      ${picture}
    </figure>
  `;
}

/** A wafer in the colours of the measured one. */
function _picture(
  charges: readonly number[],
  label: string,
  measured: readonly number[],
  arrows: { readonly flows?: readonly ChargeFlow[]; readonly widest?: number } = {},
): Html {
  const brightest = Math.max(...measured);
  const faintest = Math.min(FAINTEST, FAINTEST_PART * brightest);
  return waferPanel(charges, { label, brightest, faintest, ...arrows });
}

function _note(widest: number): string {
  if (widest === 0) return "No charge moves.";
  return `The widest arrow moves ${_percent(widest)} of the charge; arrows below ${LEAST_FLOW} % ` +
    "are left out. Reconstructions are scaled to the wafer’s sum.";
}

/** Reconstructions of a wafer, with flows from the wafer to each. */
function _of({ wafers, reconstructions, emd }: Reconstructions, k: number): _Reconstruction[] {
  const sum = wafers[k].reduce((a, b) => a + b, 0);
  return Object.entries(reconstructions).map(([loss, outputs]) => {
    const total = outputs[k].reduce((a, b) => a + b, 0);
    // One without charge is judged as an even wafer.
    const charges = outputs[k].map((share) => total > 0 ? share / total * sum : sum / CELLS);
    const { flows } = waferEmd(wafers[k], charges);
    return {
      loss,
      charges,
      emd: emd[loss][k],
      flows: flows.filter(({ mass }) => 100 * mass >= LEAST_FLOW),
    };
  });
}

function _summary(charges: readonly number[]): string {
  const hit = charges.filter((charge) => charge > 0).length;
  const sum = charges.reduce((a, b) => a + b, 0);
  return `${hit} ${hit === 1 ? "cell" : "cells"} hit, ${_count(sum)} ADC counts`;
}

function _ramp(): string {
  return `linear-gradient(to right, ${VIRIDIS.join(", ")})`;
}

function _count(value: number): string {
  return value.toLocaleString("en-GB", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

function _percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
