import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Command, helpText, parseCommand, runCommand } from "../../../scripts/std/command.ts";

const OPTIONS = {
  input: { kind: "text", value: "FILE.csv", describe: "Wafers" },
  output: { kind: "text", value: "FOLDER", describe: "Results", default: "results" },
  order: { kind: "choice", choices: ["train", "paper"], describe: "Order", default: "train" },
  pairs: { kind: "integer", describe: "Pairs", least: 1, default: 1000 },
  seed: { kind: "integer", describe: "Seed", default: 1 },
  quiet: { kind: "flag", describe: "No progress" },
} as const;

const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/try.ts",
  summary: "Tries things.",
  permissions: { "--allow-read=data": "to read wafers", "--allow-write=results": "to keep them" },
  options: OPTIONS,
  example: "--pairs 7",
};

/** The same, with no permission. */
const FREE: Command<typeof OPTIONS> = { ...COMMAND, permissions: {} };

Deno.test("parseCommand() gives every option its default", () => {
  assertEquals(parseCommand(COMMAND, []), {
    input: undefined,
    output: "results",
    order: "train",
    pairs: 1000,
    seed: 1,
    quiet: false,
  });
});

Deno.test("parseCommand() converts values by kind", () => {
  const args = ["--input", "a.csv", "--order=paper", "--pairs", "7", "--seed=-3", "--quiet"];
  const values = parseCommand(COMMAND, args)!;
  const input: string | undefined = values.input;
  const order: "train" | "paper" = values.order;
  const pairs: number = values.pairs;
  const quiet: boolean = values.quiet;
  assertEquals([input, order, pairs, values.seed, quiet], ["a.csv", "paper", 7, -3, true]);
  // @ts-expect-error: not an option
  values.other;
});

Deno.test("parseCommand() refuses wrong arguments", () => {
  const wrong = [
    [["--foo"], TypeError, "Cannot run scripts/try.ts: unknown option --foo"],
    [["--paris=7"], TypeError, "unknown option --paris, did you mean --pairs?"],
    [["--hlep"], TypeError, "unknown option --hlep, did you mean --help?"],
    [["a.csv"], TypeError, "Cannot run scripts/try.ts: unknown argument a.csv"],
    [["--input"], TypeError, "option --input needs a value"],
    [["--order=q"], RangeError, "--order must be one of train, paper, current value is q"],
    [["--order=pap"], RangeError, "train, paper, current value is pap, did you mean paper?"],
    [["--pairs=0"], RangeError, "--pairs must be an integer >= 1, current value is 0"],
    [["--pairs=1e3"], RangeError, "current value is 1e3"],
    [["--seed=0.5"], RangeError, "--seed must be an integer, current value is 0.5"],
    [["--seed=9007199254740993"], RangeError, "--seed must be an integer"],
  ] as const;
  for (const [args, ErrorClass, message] of wrong) {
    assertThrows(() => parseCommand(COMMAND, args), ErrorClass as typeof Error, message);
  }
});

Deno.test("parseCommand() knows --help and -h", () => {
  assertEquals(parseCommand(COMMAND, ["--help"]), undefined);
  assertEquals(parseCommand(COMMAND, ["--pairs", "0", "-h"]), undefined);
});

Deno.test("helpText() shows usage, options with defaults, permissions and an example", () => {
  const run = "deno run --no-prompt --allow-read=data --allow-write=results scripts/try.ts";
  assertEquals(
    helpText(COMMAND).split("\n"),
    [
      "Tries things.",
      "",
      "Usage:",
      `  ${run} [options]`,
      "",
      "Options:",
      "  --input FILE.csv     Wafers",
      "  --output FOLDER      Results [default: results]",
      "  --order train|paper  Order [default: train]",
      "  --pairs N            Pairs [default: 1000]",
      "  --seed N             Seed [default: 1]",
      "  --quiet              No progress",
      "  --help, -h           Print this text",
      "",
      "Permissions:",
      "  --allow-read=data      to read wafers",
      "  --allow-write=results  to keep them",
      "",
      "Example:",
      `  ${run} --pairs 7`,
    ],
  );
});

/** Runs a command; what it printed, and its exit code, which is put back. */
async function run(
  args: string[],
  main: () => void,
  command: Command<typeof OPTIONS> = FREE,
): Promise<{ out: string; error: string; code: number }> {
  const { log, error: logError } = console;
  const printed = { out: "", error: "", code: 0 };
  console.log = (text) => printed.out += text;
  console.error = (text) => printed.error += text;
  try {
    await runCommand(command, main, args);
    return { ...printed, code: Deno.exitCode };
  } finally {
    Object.assign(console, { log, error: logError });
    Deno.exitCode = 0;
  }
}

Deno.test("runCommand() runs main with the values", async () => {
  let pairs = 0;
  await runCommand(FREE, (values) => {
    pairs = values.pairs;
  }, ["--pairs", "7"]);
  assertEquals(pairs, 7);
});

Deno.test("runCommand() prints the help and does not run main", async () => {
  const { out, code } = await run(["--help"], () => {
    throw new Error("main was run");
  });
  assertEquals([out, code], [helpText(FREE), 0]);
});

Deno.test("runCommand() says in a line what is wrong with arguments and files", async () => {
  const usage = await run(["--pairs=x"], () => {});
  assert(usage.error.startsWith("Cannot run scripts/try.ts: --pairs must be an integer >= 1"));
  assert(usage.error.includes("--help"));
  const missing = await run([], () => {
    throw new Deno.errors.NotFound("Cannot read wafers from a.csv: there is no such file");
  });
  assertEquals(missing.error, "Cannot read wafers from a.csv: there is no such file");
  const input = await run([], () => {
    throw new TypeError("Cannot read wafers from a.csv: line 2: column CALQ_1: charge must be ...");
  });
  assert(input.error.startsWith("Cannot read wafers from a.csv: line 2"));
  const full = await run([], () => {
    const message = "No space left on device (os error 28): mkdir 'results/a'";
    throw Object.assign(new Error(message), { code: "ENOSPC" });
  });
  assert(full.error.startsWith("No space left on device"));
  assertEquals([usage.code, missing.code, input.code, full.code], [1, 1, 1, 1]);
});

Deno.test({
  name: "runCommand() names a permission that is missing, before main is run and after",
  permissions: { net: false, env: false },
  fn: async () => {
    const asking = { ...COMMAND, permissions: { "--allow-net=example.org": "examples" } };
    const before = await run([], () => {
      throw new Error("main was run");
    }, asking);
    const after = await run([], () => void Deno.env.get("HOME"));
    assertEquals(
      before.error,
      "Cannot run scripts/try.ts: may not connect to example.org without --allow-net=example.org, " +
        "needed for examples",
    );
    assertEquals(
      after.error,
      "Cannot run scripts/try.ts: may not see the variable HOME without --allow-env",
    );
    assertEquals([before.code, after.code], [1, 1]);
  },
});

Deno.test("runCommand() passes other errors on", async () => {
  const bug = new TypeError("Cannot read properties of undefined");
  let passed: unknown;
  await run([], () => {
    throw bug;
  }).catch((error: unknown) => {
    passed = error;
  });
  assertEquals(passed === bug, true);
});
