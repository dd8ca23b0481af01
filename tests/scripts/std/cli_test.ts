import { assertEquals, assertThrows } from "@std/assert";
import { parseArgs } from "@std/cli";

Deno.test("parseArgs() takes values after a blank or an equals sign", () => {
  const options = { string: ["input", "seed"] } as const;
  assertEquals(parseArgs(["--input", "a.csv", "--seed=-1"], options), {
    input: "a.csv",
    seed: "-1",
    _: [],
  });
  assertEquals(parseArgs(["--input=a=b"], options).input, "a=b");
  assertEquals(parseArgs(["--input=a", "--input=b"], options).input, "b");
  assertEquals(parseArgs([], options).input, undefined);
});

Deno.test("parseArgs() sets booleans, false unless given", () => {
  const options = {
    boolean: ["quiet", "svg"],
    negatable: ["svg"],
    default: { svg: true },
  } as const;
  assertEquals(parseArgs([], options), { quiet: false, svg: true, _: [] });
  assertEquals(parseArgs(["--quiet", "--no-svg"], options), { quiet: true, svg: false, _: [] });
  assertEquals(parseArgs(["--quiet=false", "--svg=true"], options).quiet, false);
  // The next argument is no value of a boolean.
  assertEquals(parseArgs(["--quiet", "a.csv"], options), { quiet: true, svg: true, _: ["a.csv"] });
});

Deno.test("parseArgs() follows aliases both ways", () => {
  const options = {
    boolean: ["help"],
    string: ["output"],
    alias: { help: "h", output: ["o", "out"] },
  } as const;
  assertEquals<unknown>(parseArgs(["-h", "-o", "x"], options), {
    help: true,
    h: true,
    output: "x",
    o: "x",
    out: "x",
    _: [],
  });
  assertEquals(parseArgs(["--out=y"], options).output, "y");
  assertEquals(parseArgs(["-ho", "z"], options).output, "z");
});

Deno.test("parseArgs() collects options that are given several times", () => {
  const options = { string: ["loss", "seed"], collect: ["loss"] } as const;
  assertEquals(parseArgs(["--loss", "emd", "--loss=mse"], options).loss, ["emd", "mse"]);
  assertEquals(parseArgs([], options).loss, []);
});

Deno.test("parseArgs() uses defaults only for what is not given", () => {
  const options = { string: ["pairs"], default: { pairs: "100" } } as const;
  assertEquals(parseArgs([], options).pairs, "100");
  assertEquals(parseArgs(["--pairs", "7"], options).pairs, "7");
});

Deno.test("parseArgs() leaves other arguments in _, as numbers where they look so", () => {
  assertEquals(parseArgs(["a", "12", "-", "--", "--b", "3"])._, ["a", 12, "-", "--b", "3"]);
  assertEquals(parseArgs(["1.5", ".5", "2.", "1e3", "0x1F", "1_0", "1a"])._, [
    1.5,
    0.5,
    2,
    1000,
    31,
    "1_0",
    "1a",
  ]);
});

Deno.test("parseArgs() refuses options that are not declared", () => {
  for (const argument of ["--foo", "--foo=1", "-f", "--no-quiet", "--Quiet"]) {
    assertThrows(
      () => parseArgs([argument], { boolean: ["quiet"] }),
      TypeError,
      "Cannot parse arguments: unknown option -",
    );
  }
  assertThrows(
    () => parseArgs(["--no-svg=1"], { boolean: ["svg"], negatable: ["svg"] }),
    TypeError,
    "unknown option --no-svg",
  );
});

Deno.test("parseArgs() asks unknown() about options and arguments", () => {
  const seen: unknown[][] = [];
  const rest = parseArgs(["a", "-q", "b"], {
    boolean: ["q"],
    unknown: (...call) => {
      seen.push(call);
      return call[0] !== "a";
    },
  })._;
  assertEquals([seen, rest], [[["a"], ["b"]], ["b"]]);
  assertThrows(
    () =>
      parseArgs(["--foo=1"], {
        unknown: (argument, key, value) => {
          throw new RangeError(`${argument} ${key} ${value}`);
        },
      }),
    RangeError,
    "--foo foo 1",
  );
});

Deno.test("parseArgs() refuses options without their value", () => {
  for (const args of [["--seed"], ["--seed="], ["--seed", "--input"], ["--seed", "-1"], ["-s"]]) {
    assertThrows(
      () => parseArgs(args, { string: ["seed", "input"], alias: { seed: "s" } }),
      TypeError,
      "needs a value",
    );
  }
  assertEquals(parseArgs(["--input", "-"], { string: ["input"] }).input, "-");
});

Deno.test("parseArgs() refuses a value after a boolean, which @std/cli would take", () => {
  assertThrows(
    () => parseArgs(["--quiet", "false"], { boolean: ["quiet"] }),
    TypeError,
    "write --quiet=false",
  );
});

Deno.test("parseArgs() types follow the options", () => {
  const args = parseArgs(["--seed", "1"], {
    string: ["seed", "loss", "input"],
    boolean: ["quiet"],
    collect: ["loss"],
    default: { seed: 7 },
  });
  const seed: string | number = args.seed;
  const quiet: boolean = args.quiet;
  const losses: string[] = args.loss;
  const input: string | undefined = args.input;
  assertEquals([seed, quiet, losses, input], ["1", false, [], undefined]);
  // @ts-expect-error: may be undefined
  const certain: string = args.input;
  // @ts-expect-error: not an option
  args.output;
  assertEquals(certain, undefined);
});
