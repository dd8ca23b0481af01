/**
 * The report of a reproduction: one page that works without a network.
 *
 *     deno task report
 *
 * @module
 */
import { fileStore } from "../src/experiments/store_deno.ts";
import { reportPage } from "../src/experiments/report/report_page.ts";
import { type Command, runCommand } from "./std/command.ts";
import { readReport } from "./std/read_report.ts";

const OPTIONS = {
  results: {
    kind: "text",
    value: "FOLDER",
    describe: "The results of deno task reproduce; the page is written there",
    default: "results",
    names: "output folder",
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/report.ts",
  summary: `\
Writes report.html from the results of deno task reproduce, finished or not: verdicts, figures beside
what the paper shows, wafers to explore, and where each number comes from. The page is one file that
works without a network.`,
  permissions: {
    "--allow-read=results": "results",
    "--allow-write=results": "the page",
  },
  options: OPTIONS,
  example: "--results results",
};

/**
 * Writes the report beside the results.
 *
 * @param options The folder of results.
 * @returns The file of the report.
 * @throws {Error} If there are no results of a reproduction.
 */
export async function writeReport({ results }: { readonly results: string }): Promise<string> {
  const store = fileStore(results);
  const page = reportPage(await readReport(store, results));
  await store.write("report.html", new TextEncoder().encode(page));
  return `${results}/report.html`;
}

if (import.meta.main) {
  await runCommand(COMMAND, async (options) => {
    console.log(`Open ${await writeReport(options)} in a browser`);
  });
}
