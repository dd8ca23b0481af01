import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Job, JobOutcome } from "../../../scripts/std/job.ts";
import { runOnSlurm } from "../../../scripts/std/slurm_runner.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const NEEDS = [permission({ name: "write", path: "results" })];

testNeeding(
  NEEDS,
  "runOnSlurm() submits what is missing again, and what needs it after",
  async () => {
    const { waves, outcomes, lines } = await _run([
      _job("a"),
      _job("b"),
      _job("c", "a", "b"),
    ], (task, attempt) => task === 2 && attempt === 1 ? undefined : `1 of ${task}\n2 of ${task}\n`);
    assertEquals(waves, [[1, 2], [2], [3]]);
    assertEquals(outcomes, new Map(["a", "b", "c"].map((name) => [name, { state: "done" }])));
    assertEquals(lines, [1, 2, 3].flatMap((task) => [`1 of ${task}`, `2 of ${task}`]));
  },
);

testNeeding(NEEDS, "runOnSlurm() gives up after the last try and skips what needs it", async () => {
  const { waves, outcomes, lines } = await _run(
    [_job("a"), _job("b", "a"), _job("c", "b"), _job("d")],
    (task) => task === 1 ? undefined : "fine",
    { log: "line 1\nout of memory" },
  );
  assertEquals(waves, [[1, 4], [1], [1]]);
  assertEquals(["b", "c", "d"].map((name) => outcomes.get(name)), [
    { state: "skipped", error: "needs a, which was not done" },
    { state: "skipped", error: "needs b, which was not done" },
    { state: "done" },
  ]);
  assertEquals(lines, ["fine"]);
  const failed = outcomes.get("a") as Extract<JobOutcome, { error: string }>;
  assert(failed.error.includes("out of memory"), failed.error);
});

testNeeding(NEEDS, "runOnSlurm() takes no output that is not good", async () => {
  const { waves, lines } = await _run(
    [_job("a")],
    (_, attempt) => attempt === 1 ? "half a resu" : "whole",
    { check: (output) => output === "whole" ? undefined : "half a result" },
  );
  assertEquals(waves, [[1], [1]]);
  assertEquals(lines, ["whole"]);
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

testNeeding(NEEDS, "runOnSlurm() waits for no job that is not needed", async () => {
  const folder = await Deno.makeTempDir({ dir: "results" });
  const waves: number[][] = [], ended: string[] = [];
  const release = Promise.withResolvers<void>();
  try {
    await runOnSlurm([_job("slow"), _job("quick"), _job("after quick", "quick")], {
      folder,
      root: ".",
      interval: 5,
      async submit(_file, tasks) {
        waves.push([...tasks]);
        for (const task of tasks) {
          if (task !== 1) await Deno.writeTextFile(`${folder}/${task}.out`, "");
        }
        // The array of the slow one goes on until all others are done.
        if (!tasks.includes(1)) return;
        await release.promise;
        await Deno.writeTextFile(`${folder}/1.out`, "");
      },
      onEnd({ name }) {
        ended.push(name);
        if (name === "after quick") release.resolve();
      },
    });
    assertEquals(waves, [[1, 2], [3]]);
    assertEquals(ended, ["quick", "after quick", "slow"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testNeeding(NEEDS, "runOnSlurm() begins nothing while an earlier run goes on", async () => {
  const folder = await Deno.makeTempDir({ dir: "results" });
  try {
    await Deno.writeTextFile(`${folder}/arrays.txt`, "7\n8\n");
    const run = (queued: string) => _run([_job("a")], () => "fine", { folder, queued });
    await assertRejects(() => run("8"), Error, "array 8 of an earlier run has not ended");
    assertEquals((await run("9")).outcomes.get("a"), { state: "done" });
    const left = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(left, ["1.out", "1.sh", "submit.sh"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testNeeding(NEEDS, "runOnSlurm() cancels its arrays when one is not taken", async () => {
  const folder = await Deno.makeTempDir({ dir: "results" });
  let cancelled = false;
  try {
    const running = runOnSlurm([_job("long"), _job("quick"), _job("refused", "quick")], {
      folder,
      root: ".",
      interval: 5,
      async submit(_file, tasks, { signal } = {}) {
        if (tasks.includes(3)) throw new Error("Cannot submit: no");
        await Deno.writeTextFile(`${folder}/2.out`, "");
        await new Promise((resolve) => signal!.addEventListener("abort", resolve));
        cancelled = true;
      },
    });
    await assertRejects(() => running, Error, "Cannot submit: no");
    assert(cancelled);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testNeeding(NEEDS, "runOnSlurm() that is stopped submits nothing more", async () => {
  const stop = new AbortController();
  const { waves, outcomes } = await _run([_job("a"), _job("b"), _job("c", "a")], (task) => {
    stop.abort();
    return task === 1 ? "done before" : undefined;
  }, { signal: stop.signal });
  assertEquals(waves, [[1, 2]]);
  const states = ["a", "b", "c"].map((name) => outcomes.get(name)!.state);
  assertEquals(states, ["done", "stopped", "stopped"]);
});

Deno.test("runOnSlurm() refuses jobs that could never run", async () => {
  const run = (jobs: Job[]) => runOnSlurm(jobs, { folder: "results/none", root: "" });
  await assertRejects(() => run([_job("a"), _job("a")]), RangeError, "name a");
  await assertRejects(() => run([_job("a", "b"), _job("b", "a")]), RangeError, "a needs");
  await assertRejects(() => run([_job("a", "nobody")]), RangeError, "a needs nobody");
});

function _job(name: string, ...needs: string[]): Job {
  return { name, command: ["true"], needs };
}

/** Runs jobs on a cluster that only writes outputs; gives the waves of tasks that it was given. */
async function _run(
  jobs: Job[],
  outputOf: (task: number, attempt: number) => string | undefined,
  options: {
    log?: string;
    check?: (output: string) => string | undefined;
    folder?: string;
    signal?: AbortSignal;
    queued?: string;
  } = {},
): Promise<{ waves: number[][]; outcomes: Map<string, JobOutcome>; lines: string[] }> {
  const folder = options.folder ?? await Deno.makeTempDir({ dir: "results" });
  const waves: number[][] = [];
  const attempts = jobs.map(() => 0), lines: string[] = [];
  try {
    const outcomes = await runOnSlurm(jobs, {
      folder,
      root: ".",
      interval: 5,
      isQueued: (number) => Promise.resolve(options.queued === number),
      ...options.signal && { signal: options.signal },
      check: (_, output) => options.check?.(output),
      onLine: (_, line) => lines.push(line),
      async submit(_file, tasks, { onNumber } = {}) {
        waves.push([...tasks]);
        onNumber?.(`${waves.length}`);
        for (const task of tasks) {
          const output = outputOf(task, ++attempts[task - 1]);
          if (output !== undefined) await Deno.writeTextFile(`${folder}/${task}.out`, output);
          else if (options.log) await Deno.writeTextFile(`${folder}/${task}.log`, options.log);
        }
      },
    });
    return { waves, outcomes, lines };
  } finally {
    if (options.folder === undefined) await Deno.remove(folder, { recursive: true });
  }
}
