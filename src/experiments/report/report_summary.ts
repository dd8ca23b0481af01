import type { Reproduction } from "../reproduction.ts";
import { type Html, html } from "./html.ts";
import { time } from "./provenance_list.ts";

/**
 * How far a reproduction is, and what it is run with.
 *
 * @param reproduction The reproduction.
 * @param livePage Address of the live page, where there is one.
 * @returns A sentence, a bar, and a list of facts.
 *
 * @example
 * ```ts
 * import { REPRODUCTION_SCHEMA } from "@hexmover/hexmover/experiments";
 * import { reportSummary } from "./report_summary.ts";
 * import { assert } from "@std/assert";
 *
 * const summary = reportSummary({
 *   schema: REPRODUCTION_SCHEMA,
 *   version: "0.1.0",
 *   preset: "quick",
 *   seed: 1,
 *   input: "data/sample.csv",
 *   backend: "wasm",
 *   startedAt: "2025-01-01T00:00:00.000Z",
 *   machine: { host: "unknown", platform: "linux x86_64", cores: 2, deno: "2.9.6" },
 *   experiments: [],
 * });
 * assert(summary.text.includes("0 of 0 experiments done"));
 * ```
 */
export function reportSummary(reproduction: Reproduction, livePage?: string): Html {
  const { experiments, preset, seed, input, backend, version, startedAt, machine } = reproduction;
  const count = (state: string) => experiments.filter((one) => one.state === state).length;
  const done = count("done"), all = experiments.length;
  const others = ["running", "waiting", "failed"]
    .filter((state) => count(state) > 0)
    .map((state) => `, ${count(state)} ${state}`)
    .join("");
  const hint = count("running") > 0
    ? "A run goes on: reload this page to see what it has added."
    : count("waiting") > 0
    ? "deno task reproduce runs the experiments that wait."
    : undefined;
  const facts: readonly (readonly [string, Html | string | number])[] = [
    ["Preset", preset],
    ["First seed", seed],
    ["Wafers", input],
    ["Backend", backend],
    ["Version", version],
    ["Started", time(startedAt)],
    ["Machine", `${machine.platform}, ${machine.cores} cores, Deno ${machine.deno}`],
  ];
  return html`
    <p>
      ${`${done} of ${all} experiments done${others}`}
      <progress max="${Math.max(all, 1)}" value="${done}" aria-label="Experiments done"></progress>
    </p>
    ${hint && html`<p class="note">${hint}</p>`}
    <dl class="facts">
      ${facts.map(([what, value]) =>
        html`
          <div>
            <dt>${what}</dt>
            <dd>${value}</dd>
          </div>
        `
      )}
    </dl>
    ${livePage &&
      html`<p><a href="${livePage}">Live page: paint wafers, and train in the browser</a></p>`}
  `;
}
