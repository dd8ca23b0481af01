import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseCommand } from "../../../scripts/std/command.ts";
import { EXPERIMENTS } from "../../../scripts/std/reproduced_experiments.ts";
import {
  checkNames,
  experimentArguments,
  experimentJob,
  plannedMinutes,
  planTable,
  sharedOutJobs,
} from "../../../scripts/std/reproduction_plan.ts";
import { type Reproduction, REPRODUCTION_SCHEMA } from "../../../src/experiments/mod.ts";

const SHARED = {
  input: "data/sample.csv",
  order: "train",
  seed: 1,
  backend: "wasm",
  results: "results",
};
const MACHINE = { host: "box", platform: "linux x86_64", cores: 2, deno: "2.9.6" };
const script = (name: string) => EXPERIMENTS.find((experiment) => experiment.name === name)!;
const [FIG2, FIG6, FIG7] = ["fig2_telescope", "fig6_autoencoder", "fig7_trigger_resolution"].map(
  script,
);

Deno.test("scripts are told what they have an option for, and what is not their default", () => {
  assertEquals(experimentArguments(FIG6, "quick", SHARED), []);
  assertEquals(experimentArguments(FIG6, "paper", SHARED), ["--preset", "paper"]);
  const own = { ...SHARED, input: "a.csv", seed: 7, backend: "auto", results: "results/b" };
  assertEquals(experimentArguments(FIG2, "quick", own), ["--results=results/b"]);
  assertEquals(experimentArguments(FIG6, "quick", own), [
    "--input=a.csv",
    "--seed=7",
    "--backend=auto",
    "--results=results/b",
  ]);
  const wafers = experimentArguments(script("compare_wafers"), "quick", own);
  assert(wafers.includes("--input=data/sample.csv,a.csv"), wafers.join(" "));
});

Deno.test("every script understands what it is told, of either size", () => {
  const own = { input: "a.csv", order: "paper", seed: 7, backend: "auto", results: "results/b" };
  for (const experiment of EXPERIMENTS) {
    for (const preset of ["quick", "paper"] as const) {
      const args = experimentArguments(experiment, preset, own);
      const values: Record<string, unknown> = parseCommand(
        { ...experiment.command, summary: "", example: "" },
        args,
      )!;
      assertEquals(values.results, "results/b");
      if ("preset" in values && preset === "paper") {
        assert(values.preset !== "quick", args.join(" "));
      }
    }
  }
});

Deno.test("Fig. 7 uses the networks of Fig. 6 of the same size, from the same wafers", () => {
  const args = experimentArguments(FIG7, "paper", { ...SHARED, input: "a.csv" });
  assertEquals(args, ["--preset", "paper", "--fig6", "paper", "--input=a.csv"]);
});

Deno.test("a job has the permissions of its script and no others", () => {
  for (const experiment of EXPERIMENTS) {
    const { command: [program, run, ...rest] } = experimentJob(experiment, ["--force"], []);
    const { script, permissions } = experiment.command;
    assertEquals([program, run], ["deno", "run"]);
    assertEquals(rest, ["--no-prompt", ...Object.keys(permissions), script, "--force", "--json"]);
  }
});

Deno.test("results elsewhere are written there alone; BLAS needs a permission more", () => {
  const { command } = experimentJob(FIG2, ["--results=/far/away"], []);
  assert(
    command.includes("--allow-read=.,/far/away") && command.includes("--allow-write=/far/away"),
  );
  assert(!command.includes("--allow-write=results"));
  const writes = (results: string) =>
    experimentJob(FIG2, [`--results=${results}`], []).command
      .find((word) => word.startsWith("--allow-write="))!.slice(14);
  for (const inside of ["results/b", "./results", "results/b/../c"]) {
    assertEquals(writes(inside), "results");
  }
  for (const outside of ["results/../x", "results/b/../../x", "resultsx", "../results/b"]) {
    assertEquals(writes(outside), outside);
  }
  const inside = experimentJob(FIG2, ["--results=results/b"], []).command;
  assert(inside.includes("--allow-read=."));
  const blas = (backend: string) => experimentJob(FIG6, [`--backend=${backend}`], []).command;
  assertEquals(["blas", "wasm"].map((b) => blas(b).includes("--allow-ffi")), [true, false]);
});

Deno.test("names with a comma are refused: they would be two", () => {
  checkNames(SHARED);
  for (const option of ["input", "results"]) {
    assertThrows(
      () => checkNames({ ...SHARED, [option]: "results/a,b" }),
      RangeError,
      `Cannot reproduce: --${option} must have no comma, current value is results/a,b`,
    );
  }
});

Deno.test("a job waits for those that are run, not for others", () => {
  assertEquals(experimentJob(FIG7, [], [FIG6.name, FIG7.name]).needs, [FIG6.name]);
  assertEquals(experimentJob(FIG7, [], [FIG7.name]).needs, []);
});

Deno.test("minutes are those of an earlier run, else the stored ones at this machine's speed", () => {
  const { name, shows } = FIG6, args = ["--seed=2"];
  const row = {
    name,
    shows,
    script: "s",
    preset: "quick",
    arguments: args,
    plannedMinutes: 1,
  } as const;
  const done = { ...row, state: "done", folder: "a/b", seconds: 90, machine: MACHINE } as const;
  const earlier: Reproduction = {
    ...{ schema: REPRODUCTION_SCHEMA, version: "0.1.0", preset: "quick" } as const,
    ...{
      startedAt: "",
      seed: 2,
      input: "a.csv",
      backend: "wasm",
      machine: MACHINE,
      experiments: [done],
    },
  };
  const here = { machine: MACHINE, slowness: 2, earlier };
  const stored = Number((2 * FIG6.quick.minutes).toPrecision(3));
  assertEquals(plannedMinutes(row, FIG6, here), 1.5);
  assertEquals(plannedMinutes(row, FIG6, { ...here, earlier: undefined }), stored);
  assertEquals(plannedMinutes({ ...row, arguments: [] }, FIG6, here), stored);
  assertEquals(plannedMinutes(row, FIG6, { ...here, machine: { ...MACHINE, cores: 64 } }), stored);
  const paper = plannedMinutes({ ...row, preset: "paper" }, FIG6, here);
  assertEquals(paper, Number((2 * FIG6.paper.minutes).toPrecision(3)));
});

Deno.test("the plan tells the minutes of each experiment and of all", () => {
  const rows = [FIG2, FIG6].map(({ name, shows, of }, k) => ({
    ...{ name, shows, preset: "quick", plannedMinutes: 0.5 + 30 * k } as const,
    ...of !== undefined && { of },
  }));
  const lines = planTable(rows).split("\n");
  assert(/^fig2_telescope +Fig\. 2 +quick +0\.5 +the sums/.test(lines[1]), lines[1]);
  assert(/^fig6_autoencoder +Fig\. 6 +quick +31 /.test(lines[2]), lines[2]);
  assert(/^all +31 +about 31 min on this machine$/.test(lines[3]), lines[3]);
});

Deno.test("trainings that are shared out come before the job that finds them", () => {
  const jobs = sharedOutJobs(FIG6, "paper", ["--preset", "paper"], []);
  const { shares } = FIG6.paper, whole = jobs.at(-1)!;
  assertEquals(jobs.length, shares! + 1);
  assertEquals(whole, {
    ...experimentJob(FIG6, ["--preset", "paper"], []),
    needs: jobs.slice(0, -1).map(({ name }) => name),
  });
  for (const [k, { command, needs }] of jobs.slice(0, -1).entries()) {
    assertEquals(command, [...whole.command, `--shard=${k + 1}/${shares}`]);
    assertEquals(needs, []);
  }
  assertEquals(sharedOutJobs(FIG2, "quick", [], []), [experimentJob(FIG2, [], [])]);
});

Deno.test("only scripts that know shares are shared out", () => {
  for (const { name, command, quick, paper } of EXPERIMENTS) {
    assertEquals((quick.shares ?? 1) > 1, "shard" in command.options, name);
    assertEquals((paper.shares ?? 1) > 1, "shard" in command.options, name);
  }
});
