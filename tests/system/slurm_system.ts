/**
 * Jobs on a real Slurm: Debian's, with this machine as its only node.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { isQueued } from "../../scripts/std/sbatch.ts";
import { runOnSlurm } from "../../scripts/std/slurm_runner.ts";
import { parseReproduction, parseResult, type Result } from "../../src/experiments/mod.ts";
import { testNeeding } from "../_support/skips.ts";
import { slurmNeed, SlurmNode } from "./_slurm.ts";

const HERE = new URL(".", import.meta.url).pathname;
const ROOT = new URL("../../", import.meta.url).pathname;

testNeeding(
  [await slurmNeed()],
  "an array of 12 jobs, one of which is killed half-way, ends complete",
  async () => {
    const folder = await Deno.makeTempDir({ dir: HERE, prefix: "slurm-" });
    try {
      await Deno.mkdir(`${folder}/node`);
      await using _node = await SlurmNode.start(`${folder}/node`);
      const results = `${folder}/results`, killed = 5;
      const submissions: number[][] = [];
      const jobs = Array.from({ length: 12 }, (_, k) => ({
        name: `job ${k + 1}`,
        command: [
          Deno.execPath(),
          "run",
          "--no-prompt",
          `--lock=${ROOT}tests/deno.lock`,
          `--allow-read=${ROOT}`,
          `--allow-write=${results}`,
          "--allow-run",
          `${HERE}_slurm_job.ts`,
          results,
          `${k + 1}`,
          `${killed}`,
        ],
        needs: [],
      }));
      let wave: number[] = [];
      const folders: string[] = [];
      const outcomes = await runOnSlurm(jobs, {
        folder: `${folder}/jobs`,
        root: ROOT,
        onStart: ({ name }) => void wave.push(jobs.findIndex((job) => job.name === name) + 1),
        onLine: ({ name }, line) => folders[jobs.findIndex((job) => job.name === name)] = line,
        onEnd() {
          if (wave.length > 0) submissions.push(wave);
          wave = [];
        },
      });

      assertEquals(submissions[0], jobs.map((_, k) => k + 1));
      assertEquals(submissions.flat().filter((number) => number === killed).length, 2);
      assertEquals([...outcomes.values()].map(({ state }) => state), jobs.map(() => "done"));
      const found = await Promise.all(
        folders.map((folder) => _result(`${results}/${folder}/result.json`)),
      );
      const numbers = (which: number) => found.map(({ quantities }) => quantities[which].mean);
      assertEquals(numbers(0), jobs.map((_, k) => k + 1));
      // Only the one that was killed went on from where it stood.
      assertEquals(numbers(1), jobs.map((_, k) => k + 1 === killed ? 6 : 0));
      const log = await Deno.readTextFile(`${folder}/jobs/${killed}.log`);
      assert(log.includes("counting from 0") && log.includes("counting from 6"), log);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

testNeeding([await slurmNeed()], "an array that is stopped is cancelled", async () => {
  const folder = await Deno.makeTempDir({ dir: HERE, prefix: "slurm-" });
  try {
    await Deno.mkdir(`${folder}/node`);
    await using _node = await SlurmNode.start(`${folder}/node`);
    const stop = new AbortController();
    const jobs = ["1", "2", "3"].map((name) => ({ name, command: ["sleep", "300"], needs: [] }));
    const running = runOnSlurm(jobs, {
      folder: `${folder}/jobs`,
      root: ROOT,
      signal: stop.signal,
    });
    const arrays = `${folder}/jobs/arrays.txt`;
    const isSubmitted = () => Deno.stat(arrays).then(() => true, () => false);
    while (!await isSubmitted()) await new Promise((resolve) => setTimeout(resolve, 100));
    const number = (await Deno.readTextFile(arrays)).trim();
    assert(await isQueued(number));
    stop.abort();
    const outcomes = await running;
    assertEquals([...outcomes.values()], jobs.map(() => ({ state: "stopped" })));
    assert(!await isQueued(number));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testNeeding(
  [await slurmNeed()],
  "a reproduction on Slurm shares trainings out and ends in a report",
  async () => {
    const folder = await Deno.makeTempDir({ dir: HERE, prefix: "slurm-" });
    try {
      await Deno.mkdir(`${folder}/node`);
      await using _node = await SlurmNode.start(`${folder}/node`);
      const results = `${folder}/results`;
      const { success, stderr } = await new Deno.Command("deno", {
        args: [
          "run",
          "--no-prompt",
          "--allow-read",
          `--allow-write=${results}`,
          "--allow-run=deno,sbatch,scancel,squeue",
          "scripts/reproduce.ts",
          "--engine=slurm",
          "--sbatch=--time=20",
          "--only=fig2_telescope,arena",
          `--results=${results}`,
        ],
        cwd: ROOT,
      }).output();
      const said = new TextDecoder().decode(stderr);
      assert(success, said);
      const { experiments } = parseReproduction(
        await Deno.readFile(`${results}/reproduction.json`),
      );
      const states = ["fig2_telescope", "arena", "fig3_encodings"].map((name) =>
        experiments.find((experiment) => experiment.name === name)!.state
      );
      assertEquals(states, ["done", "done", "waiting"]);
      // The time of its own run, without that in the queue.
      const arena = experiments.find(({ name }) => name === "arena")!;
      const run = JSON.parse(await Deno.readTextFile(`${results}/${arena.folder}/run.json`));
      assertEquals(arena.seconds, run.seconds);
      assertEquals(said.match(/arena, share \d of 6: done/g)?.length, 6, said);
      // What the shares have trained is not trained again.
      const whole = JSON.parse(
        (await Deno.readTextFile(`${results}/slurm/8.out`)).trim().split("\n").at(-1)!,
      );
      assertEquals([whole.event, whole.experiment], ["result", "arena"]);
      assert((await Deno.stat(`${results}/report.html`)).size > 1e5);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

async function _result(path: string): Promise<Result> {
  return parseResult(await Deno.readFile(path));
}
