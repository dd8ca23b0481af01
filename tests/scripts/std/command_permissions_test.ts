import { assertEquals } from "@std/assert";
import type { Command } from "../../../scripts/std/command.ts";
import { missingPermission, refusedPermission } from "../../../scripts/std/command_permissions.ts";
import { permission } from "../../_support/skips.ts";

const OPTIONS = {
  input: { kind: "text", value: "FILE", describe: "Wafers", names: "input", default: "data/a.csv" },
  results: { kind: "text", value: "FOLDER", describe: "Results", names: "output folder" },
  table: { kind: "text", value: "FILE", describe: "A table", names: "output file" },
  compiler: { kind: "text", value: "CLANG", describe: "The compiler", names: "program" },
} as const;

const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/try.ts",
  summary: "Tries things.",
  permissions: {
    "--allow-read": "the input and earlier results",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "",
};

const VALUES = { input: "data/a.csv", results: "results" };

/** Tests with exactly these permissions, where this process has them to give. */
function testWith(
  permissions: { read?: string[]; write?: string[]; run?: string[] },
  name: string,
  fn: () => Promise<void>,
): void {
  const kinds = (["read", "write", "run"] as const).filter((kind) => permissions[kind]);
  const granted = kinds.every((kind) =>
    permissions[kind]!.every((item) =>
      permission(kind === "run" ? { name: kind, command: item } : { name: kind, path: item }) ===
        undefined
    )
  );
  const none = { read: false, write: false, run: false, net: false } as const;
  Deno.test({ name, permissions: { ...none, ...permissions }, ignore: !granted, fn });
}

testWith({}, "missingPermission() names flag, thing and reason", async () => {
  assertEquals(
    await missingPermission(COMMAND, VALUES),
    "Cannot run scripts/try.ts: may not read data/a.csv without --allow-read, " +
      "needed for the input and earlier results",
  );
});

testWith({ read: ["data", "results"] }, "missingPermission() asks for each flag", async () => {
  assertEquals(
    await missingPermission(COMMAND, VALUES),
    "Cannot run scripts/try.ts: may not write to results without --allow-write=results, " +
      "needed for results",
  );
});

testWith(
  { read: ["data", "results"], write: ["results"] },
  "missingPermission() is content with less than the flag, and asks for what options name",
  async () => {
    assertEquals(await missingPermission(COMMAND, VALUES), undefined);
    assertEquals(await missingPermission(COMMAND, { ...VALUES, input: "" }), undefined);
    const deeper = { ...VALUES, results: "results/deeper", table: "results/a/b.csv" };
    assertEquals(await missingPermission(COMMAND, deeper), undefined);

    const needed = "needed for the input and earlier results";
    const refused = {
      input: ["data/a.csv,other/b.csv", "read other/b.csv"],
      results: ["other", "read other"],
      table: ["other/deeper/table.csv", "read other/deeper"],
    };
    for (const [name, [value, doing]] of Object.entries(refused)) {
      assertEquals(
        await missingPermission(COMMAND, { ...VALUES, [name]: value }),
        `Cannot run scripts/try.ts: may not ${doing} without --allow-read, ${needed}`,
      );
    }
  },
);

testWith(
  { read: ["."], write: ["results"] },
  "missingPermission() names the flag for another folder than the documented one",
  async () => {
    assertEquals(
      await missingPermission(COMMAND, { ...VALUES, results: "tests/other" }),
      "Cannot run scripts/try.ts: may not write to tests/other without --allow-write=tests/other, " +
        "needed for results",
    );
  },
);

testWith(
  { read: ["."], write: ["tests"] },
  "missingPermission() lets other folders be",
  async () => {
    assertEquals(
      await missingPermission(COMMAND, { ...VALUES, results: "tests/other" }),
      undefined,
    );
  },
);

testWith({ run: ["deno"] }, "missingPermission() asks for one of those listed", async () => {
  const permissions = { "--allow-run=deno,jupyter": "the kernel" };
  const command = { ...COMMAND, permissions };
  assertEquals(await missingPermission(command, VALUES), undefined);
  assertEquals(
    await missingPermission(command, { compiler: "clang" }),
    "Cannot run scripts/try.ts: may not run clang without --allow-run=clang " +
      "(or it is not installed), needed for the kernel",
  );
});

testWith({}, "refusedPermission() translates what Deno says", async () => {
  const refused = await Deno.readTextFile("data/a.csv").catch((error) => error);
  assertEquals(
    refusedPermission(COMMAND, refused),
    "Cannot run scripts/try.ts: may not read data/a.csv without --allow-read, " +
      "needed for the input and earlier results",
  );
  const passedOn = new Error(
    'Cannot start a worker: Requires write access to "/other/a", run again with the --allow-write flag',
  );
  assertEquals(
    refusedPermission(COMMAND, passedOn),
    "Cannot run scripts/try.ts: may not write to /other/a without --allow-write=/other/a, " +
      "needed for results",
  );
  const written = await Deno.writeTextFile("results/a/b", "").catch((error) => error);
  assertEquals(
    refusedPermission(COMMAND, written),
    "Cannot run scripts/try.ts: may not write to results/a/b without --allow-write=results, " +
      "needed for results",
  );
  const fetched = await fetch("https://example.org").catch((error) => error);
  assertEquals(
    refusedPermission({ ...COMMAND, permissions: { "--allow-net=example.org": "it" } }, fetched),
    "Cannot run scripts/try.ts: may not connect to example.org:443 " +
      "without --allow-net=example.org, needed for it",
  );
});

Deno.test("refusedPermission() leaves other errors alone", () => {
  assertEquals(refusedPermission(COMMAND, new Deno.errors.NotFound("no such file")), undefined);
  assertEquals(refusedPermission(COMMAND, new TypeError("Requires a number")), undefined);
  assertEquals(refusedPermission(COMMAND, "thrown"), undefined);
});
