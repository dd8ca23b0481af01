import { assert, assertEquals } from "@std/assert";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: new URL("results/", ROOT) }),
  permission({ name: "run", command: "deno" }),
];

testNeeding(NEEDS, "reproduce runs every experiment, and draws the README's picture", async () => {
  const results = `results/test-${crypto.randomUUID()}`;
  try {
    const { code, stdout, stderr } = await _reproduce("--results", results);
    assertEquals(code, 0, stderr);
    // Experiments share the networks that they train.
    const experiments = [...Deno.readDirSync(new URL(results, ROOT))].map(({ name }) => name)
      .filter((name) => name !== "networks").sort();
    assertEquals(experiments, [
      "compare_codecs",
      "compare_wafers",
      "conditional_decoder",
      "emd_of_wafers",
      "fig2_telescope",
      "fig3_encodings",
      "fig5_emd_cnn",
      "spectral_shapes",
      "table_a1",
      "table_b1_autoencoder",
      "validate_simulation",
    ]);
    for (const experiment of experiments) {
      assert(stdout.includes(`${results}/${experiment}/`), `${experiment} is told of`);
    }
    const picture = /(\S+flow_typical)/.exec(stdout)![1];
    assertEquals(
      Deno.readTextFileSync(new URL(`${picture}.svg`, ROOT)),
      Deno.readTextFileSync(new URL("docs/images/optimal_flow.svg", ROOT)),
      "docs/images/optimal_flow.svg is out of date: copy the new one from the results",
    );
    const again = await _reproduce("--results", results);
    assertEquals(again.stdout.split("found complete").length - 1, experiments.length);
  } finally {
    await Deno.remove(new URL(results, ROOT), { recursive: true });
  }
});

async function _reproduce(...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "reproduce", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
