import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { COMMAND, makeSample } from "../../scripts/make_sample.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { concatenateWafers, readWafers } from "../../src/datasets/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const HERE = new URL(".", import.meta.url);
const READ = permission({ name: "read", path: ROOT });
const WRITE = permission({ name: "write", path: HERE });

testNeeding([READ, WRITE], "make_sample.ts reproduces data/sample.csv byte for byte", async () => {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_sample_" });
  const { log } = console;
  try {
    console.log = () => {};
    await makeSample({ ...parseCommand(COMMAND, [])!, output: `${folder}/sample.csv` });
    assertEquals(
      await Deno.readTextFile(`${folder}/sample.csv`),
      await Deno.readTextFile(new URL("data/sample.csv", ROOT)),
    );
  } finally {
    console.log = log;
    await Deno.remove(folder, { recursive: true });
  }
});

testNeeding([READ], "data/sample.csv is what data/README.md says", async () => {
  const bytes = await Deno.readFile(new URL("data/sample.csv", ROOT));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  const readme = await Deno.readTextFile(new URL("data/README.md", ROOT));
  assert(readme.includes(digest), `SHA-256 is ${digest}`);

  const table = concatenateWafers(
    await Array.fromAsync(readWafers(new URL("data/sample.csv", ROOT))),
  );
  assertEquals(table.count, 2000);
  for (const name of ["event", "layer", "eta", "gen_pt", "gen_kind", "signal_share"]) {
    assert(name in table.columns, name);
  }
  assert(table.charges.every(Number.isInteger));
});

testNeeding(
  [READ],
  "make_sample.ts and data/README.md show the command as --help does",
  async () => {
    const usage = /deno run .*\.ts/.exec(helpText(COMMAND))![0];
    for (const file of ["scripts/make_sample.ts", "data/README.md"]) {
      assert((await Deno.readTextFile(new URL(file, ROOT))).includes(` ${usage}\n`), file);
    }
  },
);

testNeeding(
  [permission({ name: "run", command: "deno" })],
  "make_sample.ts --help needs no permission",
  async () => {
    const { code, stdout } = await new Deno.Command("deno", {
      args: [
        "run",
        "--no-prompt",
        fileURLToPath(new URL("scripts/make_sample.ts", ROOT)),
        "--help",
      ],
    }).output();
    assertEquals([code, new TextDecoder().decode(stdout)], [0, helpText(COMMAND) + "\n"]);
  },
);
