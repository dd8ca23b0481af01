/**
 * Checks that every exported symbol is documented and that no private type shows, as
 * `deno doc --lint` does, leaving out what tfjs's own declarations lack:
 *
 *     deno run --no-prompt --allow-run=deno scripts/check_docs.ts mod.ts src/numerics/mod.ts ...
 *
 * @module
 */

/** Types of tfjs that stand in our signatures: `tf` is exported whole, which Deno does not follow. */
const TFJS_TYPE = /references private type '(Tensor\dD|Tensor|Variable)'/;

const { success, stderr } = await new Deno.Command("deno", {
  args: ["doc", "--lint", ...Deno.args],
  env: { NO_COLOR: "1" },
}).output();
const text = new TextDecoder().decode(stderr);
// One paragraph a finding; in the second line the place, after an arrow.
const findings = text.split("\n\n").filter((paragraph) => /^\s*error\[/.test(paragraph));
const ours = findings.filter((finding) =>
  !/--> \S*\/npm\//.test(finding) && !/--> \S*\/tensor\/tf\.ts/.test(finding) &&
  !TFJS_TYPE.test(finding)
);
if (!success && findings.length === 0) console.error(text);
for (const finding of ours) console.error(`${finding}\n`);
if (ours.length > 0 || !success && findings.length === 0) Deno.exit(1);
