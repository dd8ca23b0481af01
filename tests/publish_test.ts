/** The module as a package: what would be published, and its reference. */
import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { permission, testNeeding } from "./_support/skips.ts";

const ROOT = new URL("../", import.meta.url);
const NEEDS = [permission({ name: "run", command: "deno" })];

testNeeding(
  NEEDS,
  "the module could be published: no slow types, and nothing but its own",
  async () => {
    const child = await new Deno.Command("deno", {
      // Types are the business of `deno task check`; without them it takes a second.
      args: [...config.tasks["publish:check"].command.split(" ").slice(1), "--no-check"],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    const said = new TextDecoder().decode(child.stderr) + new TextDecoder().decode(child.stdout);
    assert(child.success, said);
    assert(!/slow-type|error\[/.test(said), said);

    // Two imports are named while running on purpose: the one of a graphics processor's backend, so that
    // only who asks for it downloads it, and the one of a caller's network in workers.
    const warned = [...said.matchAll(/^warning\[([\w-]+)\][^]*?--> .*\/(src\/[\w/]+\.ts)/gm)];
    assertEquals(warned.map(([, name, file]) => `${name}: ${file}`).sort(), [
      "unanalyzable-dynamic-import: src/tensor/backend.ts",
      "unanalyzable-dynamic-import: src/tensor/training/parallel/replica_worker.ts",
    ]);

    const files = [...said.matchAll(/^ *file:\/\/(\S+) \(/gm)]
      .map(([, path]) => `file://${path}`.slice(ROOT.href.length));
    for (const module of Object.values(config.exports)) {
      assert(files.includes(module.slice(2)), `${module} is not among ${files.length} files`);
    }
    // Workers and data are reached by no import that is read before running.
    for (
      const file of ["src/transport/pool_worker.ts", "data/surrogates/emd_cnn.json", "LICENSE"]
    ) {
      assert(files.includes(file), file);
    }
    const folders = new Set(files.filter((file) => file.includes("/")).map((f) => f.split("/")[0]));
    assertEquals([...folders].sort(), ["data", "docs", "src"]);
  },
);

Deno.test("the task for the reference names every sub-path", () => {
  const named = config.tasks.doc.command.split(" ").filter((word) => word.startsWith("src/"));
  const { ".": _all, ...parts } = config.exports;
  assertEquals(named, Object.values(parts).map((module) => module.slice(2)));
});
