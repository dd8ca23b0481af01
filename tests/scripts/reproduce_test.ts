import { assert, assertEquals } from "@std/assert";
import { COMMAND } from "../../scripts/reproduce.ts";
import { helpText } from "../../scripts/std/command.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const CAN_READ = permission({ name: "read", path: ROOT });
const NEEDS = [
  CAN_READ,
  permission({ name: "write", path: new URL("results/", ROOT) }),
  permission({ name: "run", command: "deno" }),
];

/** Quick ones: the whole is run by the system tests. */
const SOME = ["emd_of_wafers", "fig2_telescope", "fig3_encodings", "table_a1"];

/** Experiments that stand by themselves, and why. */
const APART: Readonly<Record<string, string>> = {
  evaluate_surrogate: "judges what a user has trained",
  table_b1_grid: "is a list of jobs of hours",
};

testNeeding(
  NEEDS,
  "reproduce runs experiments, draws the README's picture, and finds results again",
  async () => {
    const results = `results/test-${crypto.randomUUID()}`;
    const args = ["--only", SOME.join(","), "--results", results];
    try {
      const { code, stdout, stderr } = await _reproduce(...args);
      assertEquals(code, 0, stderr);
      const experiments = [...Deno.readDirSync(new URL(results, ROOT))].map(({ name }) => name);
      assertEquals(experiments.sort(), SOME);
      const picture = /(\S+flow_typical)/.exec(stdout)![1];
      assertEquals(
        Deno.readTextFileSync(new URL(`${picture}.svg`, ROOT)),
        Deno.readTextFileSync(new URL("docs/images/optimal_flow.svg", ROOT)),
        "docs/images/optimal_flow.svg is out of date: copy the new one from the results",
      );
      const again = await _reproduce(...args);
      assertEquals(again.stdout.split("found complete").length - 1, SOME.length);
    } finally {
      await Deno.remove(new URL(results, ROOT), { recursive: true });
    }
  },
);

testNeeding(
  NEEDS,
  "reproduce names the experiments that there are when one is unknown",
  async () => {
    const { code, stderr } = await _reproduce("--only", "fig6_autoencoder,fig8");
    assertEquals(code, 1);
    assert(stderr.includes("current value is fig8"), stderr);
  },
);

testNeeding(
  [CAN_READ],
  "every experiment is part of the reproduction, or stands apart for a reason",
  () => {
    const help = helpText(COMMAND);
    const names = [...Deno.readDirSync(new URL("scripts/", ROOT))]
      .filter(({ name }) => name.endsWith(".ts"))
      .flatMap(({ name }) => {
        const text = Deno.readTextFileSync(new URL(`scripts/${name}`, ROOT));
        return /defineExperiment<?[^(]*\(\{\s*name: "([^"]+)"/.exec(text)?.slice(1) ?? [];
      });
    assert(names.length > 10, `found ${names}`);
    const missing = names.filter((name) => !(name in APART) && !help.includes(`  ${name} `));
    assertEquals(missing, []);
  },
);

async function _reproduce(...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "reproduce", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
