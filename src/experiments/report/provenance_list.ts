import { canonicalJson } from "../canonical_json.ts";
import { type Html, html } from "./html.ts";
import { duration } from "../duration.ts";
import type { ReportPart, ReportResult } from "./types.ts";

/**
 * Where the numbers of an experiment come from: command, seeds, checksum of the data, backend, version,
 * commit, time, machine.
 *
 * @param part The experiment, with its result.
 * @returns A `<details>`; `undefined` before there is a result.
 *
 * @example
 * ```ts
 * import { provenanceList } from "./provenance_list.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const row = { name: "a", shows: "a", script: "a.ts", arguments: [], plannedMinutes: 1 };
 * const experiment = { ...row, preset: "quick", state: "running" } as const;
 * assertEquals(provenanceList({ experiment }), undefined);
 * ```
 */
export function provenanceList({ experiment, found }: ReportPart): Html | undefined {
  if (found === undefined) return undefined;
  const command = [experiment.script, ...experiment.arguments].join(" ");
  const rows: readonly (readonly [string, string | Html | undefined])[] = [
    ["command", html`<code>${command}</code>`],
    ["preset", experiment.preset],
    ..._inputs(found),
    ..._run(found),
    ["files", html`<a href="${experiment.folder}/">${experiment.folder}</a>`],
  ];
  return html`
    <details>
      <summary>Where this comes from</summary>
      <dl class="provenance">
    ${rows.filter(([, value]) => value !== undefined && value !== "").map(([what, value]) =>
      html`
        <div>
          <dt>${what}</dt>
          <dd>${value}</dd>
        </div>
      `
    )}
      </dl>
    </details>
  `;
}

function _inputs({ result }: ReportResult): [string, string | Html | undefined][] {
  const { seeds, dataChecksum, backend, version, config } = result;
  const isConfigured = Object.keys(config).length > 0;
  return [
    ["seeds", seeds.join(", ")],
    ["configuration", isConfigured ? html`<code>${canonicalJson(config)}</code>` : undefined],
    ["data, SHA-256", dataChecksum === "" ? undefined : html`<code>${dataChecksum}</code>`],
    ["backend", backend],
    ["version", version],
  ];
}

function _run({ run }: ReportResult): [string, string | Html | undefined][] {
  const cores = run.cores === undefined ? undefined : `${run.cores} cores`;
  const machine = [run.host === "unknown" ? undefined : run.host, run.platform, cores]
    .filter((part) => part !== undefined).join(", ");
  return [
    ["commit", run.commit === undefined ? undefined : html`<code>${run.commit}</code>`],
    ["started", run.time === undefined ? undefined : time(run.time)],
    ["took", run.seconds === undefined ? undefined : duration(run.seconds)],
    ["machine", machine],
    ["Deno", run.deno],
  ];
}

/**
 * A time of day, to the minute.
 *
 * @param iso ISO 8601 in UTC.
 * @returns A `<time>`; what cannot be read stands as it is.
 *
 * @example
 * ```ts
 * import { time } from "./provenance_list.ts";
 * import { assert } from "@std/assert";
 *
 * assert(time("2025-03-04T05:06:07.000Z").text.includes("2025-03-04 05:06 UTC"));
 * ```
 */
export function time(iso: string): Html {
  const words = iso.replace(/^([\d-]+)T(\d\d:\d\d).*Z$/, "$1 $2 UTC");
  return html`<time datetime="${iso}">${words}</time>`;
}
