/**
 * Checks that every exported symbol is documented and that no private type shows, as
 * `deno doc --lint` does, leaving out what tfjs's own declarations lack:
 *
 *     deno run --no-prompt --allow-run=deno scripts/check_docs.ts
 *
 * @module
 */
import config from "../deno.json" with { type: "json" };
import { type Command, type CommandValues, runCommand } from "./std/command.ts";

/** What the package exports, but for layers whose types are tfjs's own, which Deno does not follow. */
const EXPORTED = Object.values(config.exports).filter((path) => path.endsWith("/mod.ts"));

const OPTIONS = {
  modules: {
    kind: "text",
    value: "FILE,...",
    describe: "Modules to check; without it those that the package exports",
    default: EXPORTED.join(","),
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/check_docs.ts",
  summary: "Checks that everything that the package exports is documented.",
  permissions: { "--allow-run=deno": "deno doc, which finds what lacks" },
  options: OPTIONS,
  example: "--modules src/numerics/mod.ts,src/wafer/mod.ts",
};

/** Types of tfjs that stand in our signatures: `tf` is exported whole, which Deno does not follow. */
const TFJS_TYPE = /references private type '(Tensor\dD|Tensor|Variable)'/;

if (import.meta.main) await runCommand(COMMAND, checkDocs);

/**
 * Checks the documentation of modules, and prints what lacks.
 *
 * @param options The options of the command line.
 * @throws {Error} If anything lacks.
 */
export async function checkDocs({ modules }: CommandValues<typeof OPTIONS>): Promise<void> {
  const { success, stderr } = await new Deno.Command("deno", {
    args: ["doc", "--lint", ...modules.split(",")],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stderr);
  // One paragraph a finding; in the second line the place, after an arrow.
  const findings = text.split("\n\n").filter((paragraph) => /^\s*error\[/.test(paragraph));
  const ours = findings.filter((finding) =>
    !/--> \S*\/npm\//.test(finding) && !/--> \S*\/tensor\/tf\.ts/.test(finding) &&
    !TFJS_TYPE.test(finding)
  );
  if (!success && findings.length === 0) throw new Error(`Cannot check ${modules}: ${text}`);
  for (const finding of ours) console.error(`${finding}\n`);
  if (ours.length > 0) {
    throw new Error(`Cannot accept the documentation: ${ours.length} findings, see above`);
  }
}
