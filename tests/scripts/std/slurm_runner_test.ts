import { assert, assertEquals, assertRejects } from "@std/assert";
import { type ClusterOutcome, runOnSlurm } from "../../../scripts/std/slurm_runner.ts";
import type { ClusterJob } from "../../../scripts/std/slurm_files.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const NEEDS = [permission({ name: "write", path: "results" })];

testNeeding(
  NEEDS,
  "runOnSlurm() submits what is missing again, and what needs it after",
  async () => {
    const { waves, outcomes } = await _run([
      _job("a"),
      _job("b"),
      _job("c", "a", "b"),
    ], (task, attempt) => task === 2 && attempt === 1 ? undefined : `output of ${task}`);
    assertEquals(waves, [[1, 2], [2], [3]]);
    assertEquals(outcomes.get("b"), { state: "done", output: "output of 2" });
    assertEquals(outcomes.get("c")!.state, "done");
  },
);

testNeeding(NEEDS, "runOnSlurm() gives up after the last try and skips what needs it", async () => {
  const { waves, outcomes } = await _run(
    [_job("a"), _job("b", "a"), _job("c", "b"), _job("d")],
    (task) => task === 1 ? undefined : "fine",
    { log: "line 1\nout of memory" },
  );
  assertEquals(waves, [[1, 4], [1], [1]]);
  assertEquals([...outcomes.values()].map(({ state }) => state), [
    "failed",
    "skipped",
    "skipped",
    "done",
  ]);
  const failed = outcomes.get("a") as Extract<ClusterOutcome, { error: string }>;
  assert(failed.error.includes("out of memory"), failed.error);
  assertEquals(outcomes.get("c"), { state: "skipped", error: "needs b" });
});

testNeeding(NEEDS, "runOnSlurm() takes no output that is not good", async () => {
  const { waves, outcomes } = await _run(
    [_job("a")],
    (_, attempt) => attempt === 1 ? "half a resu" : "whole",
    { check: (output) => output === "whole" ? undefined : "half a result" },
  );
  assertEquals(waves, [[1], [1]]);
  assertEquals(outcomes.get("a"), { state: "done", output: "whole" });
});

testNeeding(NEEDS, "runOnSlurm() finds no outputs of an earlier run", async () => {
  const folder = await Deno.makeTempDir({ dir: "results" });
  try {
    await _run([_job("a")], () => "earlier", { folder });
    const { outcomes } = await _run([_job("a")], () => undefined, { folder });
    assertEquals(outcomes.get("a")!.state, "failed");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("runOnSlurm() refuses jobs that could never run", async () => {
  const run = (jobs: ClusterJob[]) => runOnSlurm(jobs, { folder: "", root: "" });
  await assertRejects(() => run([_job("a"), _job("a")]), RangeError, "name a");
  await assertRejects(() => run([_job("a", "b"), _job("b", "a")]), RangeError, "a needs");
  await assertRejects(() => run([_job("a", "nobody")]), RangeError, "current value is nobody");
});

function _job(name: string, ...needs: string[]): ClusterJob {
  return { name, command: ["true"], needs };
}

/** Runs jobs on a cluster that only writes outputs; gives the waves of tasks that it was given. */
async function _run(
  jobs: ClusterJob[],
  outputOf: (task: number, attempt: number) => string | undefined,
  options: { log?: string; check?: (output: string) => string | undefined; folder?: string } = {},
): Promise<{ waves: number[][]; outcomes: Map<string, ClusterOutcome> }> {
  const folder = options.folder ?? await Deno.makeTempDir({ dir: "results" });
  const waves: number[][] = [];
  const attempts = jobs.map(() => 0);
  try {
    const outcomes = await runOnSlurm(jobs, {
      folder,
      root: ".",
      check: (_, output) => Promise.resolve(options.check?.(output)),
      async submit(_file, tasks) {
        waves.push([...tasks]);
        for (const task of tasks) {
          const output = outputOf(task, ++attempts[task - 1]);
          if (output !== undefined) await Deno.writeTextFile(`${folder}/${task}.out`, output);
          else if (options.log) await Deno.writeTextFile(`${folder}/${task}.log`, options.log);
        }
      },
    });
    return { waves, outcomes };
  } finally {
    if (options.folder === undefined) await Deno.remove(folder, { recursive: true });
  }
}
