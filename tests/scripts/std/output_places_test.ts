import { assertEquals } from "@std/assert";
import type { Command } from "../../../scripts/std/command.ts";
import { misplacedOutput } from "../../../scripts/std/output_places.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const OPTIONS = {
  results: { kind: "text", value: "FOLDER", describe: "Results", names: "output folder" },
  table: { kind: "text", value: "FILE", describe: "A table", names: "output file" },
  input: { kind: "text", value: "FILE", describe: "Wafers", names: "input" },
} as const;

const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/try.ts",
  summary: "Tries things.",
  permissions: {},
  options: OPTIONS,
  example: "",
};

const NEEDS = [permission({ name: "read", path: new URL("../../../", import.meta.url) })];

testNeeding(
  NEEDS,
  "misplacedOutput() lets folders be, those that are there and others",
  async () => {
    const values = {
      results: "scripts",
      table: "scripts/absent/deeper/a.csv",
      input: "deno.json/a",
    };
    assertEquals(await misplacedOutput(COMMAND, values), undefined);
    assertEquals(await misplacedOutput(COMMAND, { table: "a.csv", results: "" }), undefined);
  },
);

testNeeding(NEEDS, "misplacedOutput() names a file where a folder must be", async () => {
  const wrong = [
    ["results", "deno.json", "deno.json"],
    ["results", "deno.json/deeper", "deno.json/deeper"],
    ["table", "deno.json/a.csv", "deno.json"],
  ];
  for (const [name, value, folder] of wrong) {
    assertEquals(
      await misplacedOutput(COMMAND, { [name]: value }),
      `Cannot run scripts/try.ts: --${name} is to be written in ${folder}, ` +
        "which is a file or lies in one",
    );
  }
});
