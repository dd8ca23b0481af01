import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Job, JobOutcome } from "../../../scripts/std/job.ts";
import { errorLine, runJobs } from "../../../scripts/std/job_runner.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "run", command: "deno" }),
  permission({ name: "read", path: HERE }),
];

/** A job that does what its arguments say, see `_fake_job.ts`. */
function job(name: string, args: readonly string[], needs: readonly string[] = []): Job {
  return { name, command: ["deno", "run", "--no-lock", "_fake_job.ts", ...args], needs };
}

async function run(jobs: readonly Job[], options: Partial<Parameters<typeof runJobs>[1]> = {}) {
  const told: string[] = [];
  const outcomes = await runJobs(jobs, {
    root: HERE,
    onStart: ({ name }) => void told.push(`${name} begins`),
    onLine: ({ name }, line) => void told.push(`${name}: ${line}`),
    onEnd: ({ name }, { state }) => void told.push(`${name} ${state}`),
    ...options,
  });
  return { told, outcomes };
}

testNeeding(NEEDS, "jobs run one after the other, each after those that it needs", async () => {
  const { told, outcomes } = await run([
    job("last", ["say=3"], ["first", "second"]),
    job("second", ["say=two", "say=2"], ["first"]),
    job("first", ["say=1"]),
  ]);
  assertEquals(told, [
    ...["first begins", "first: 1", "first done"],
    ...["second begins", "second: two", "second: 2", "second done"],
    ...["last begins", "last: 3", "last done"],
  ]);
  assertEquals(new Set(outcomes.values().map(({ state }) => state)), new Set(["done"]));
});

testNeeding(NEEDS, "so many jobs run side by side, and no more", async () => {
  let running = 0, most = 0;
  const count = (by: number) => () => {
    running += by;
    most = Math.max(most, running);
  };
  const jobs = ["a", "b", "c", "d", "e"].map((name) => job(name, ["wait=100"]));
  await run(jobs, { sideBySide: 2, onStart: count(1), onEnd: count(-1) });
  assertEquals([running, most], [0, 2]);
});

testNeeding(NEEDS, "a job that fails takes those with it that need it, and no others", async () => {
  const { outcomes } = await run([
    job("bad", ["say=1", "fail=Cannot read wafers: there are none"]),
    job("on bad", [], ["bad"]),
    job("on that", [], ["on bad"]),
    job("thrown", ["throw=no room"]),
    job("good", []),
    { name: "no program", command: ["deno-that-is-not-there"], needs: [] },
  ]);
  const error = (name: string) => (outcomes.get(name) as JobOutcome & { error: string }).error;
  assertEquals([...outcomes].map(([name, { state }]) => `${name}: ${state}`).sort(), [
    "bad: failed",
    "good: done",
    "no program: failed",
    "on bad: skipped",
    "on that: skipped",
    "thrown: failed",
  ]);
  assertEquals(error("bad"), "Cannot read wafers: there are none");
  assertEquals(error("thrown"), "Error: no room");
  assertEquals(error("on bad"), "needs bad, which was not done");
});

testNeeding(NEEDS, "jobs are told to stop, and those that wait do not begin", async () => {
  const stop = new AbortController();
  const { told, outcomes } = await run(
    [job("deaf", ["say=on", "wait=60000"]), job("polite", ["listen"]), job("waits", [])],
    {
      sideBySide: 2,
      signal: stop.signal,
      onLine: () => {
        if (++heard === 2) stop.abort();
      },
    },
  );
  assertEquals(outcomes.get("deaf"), { state: "stopped" });
  assertEquals(outcomes.get("polite"), { state: "done" }, "it ended well when it was told");
  assertEquals(outcomes.get("waits"), { state: "stopped" });
  assert(!told.includes("waits begins"));
});
let heard = 0;

testNeeding(
  NEEDS,
  "when a listener throws, all jobs have ended before its error goes on",
  async () => {
    const full = new Error("no space left on device");
    const jobs = [
      job("long", ["say=on", "wait=60000"]),
      job("short", ["say=on", "wait=300"]),
      job("waits", []),
    ];
    for (const broken of ["short begins", "short says on", "short done"]) {
      const told: string[] = [];
      const tell = (what: string) => {
        told.push(what);
        if (what === broken) throw full;
      };
      const error = await assertRejects(() =>
        run(jobs, {
          sideBySide: 2,
          onStart: ({ name }) => tell(`${name} begins`),
          onLine: ({ name }, line) => tell(`${name} says ${line}`),
          onEnd: ({ name }, { state }) => tell(`${name} ${state}`),
        })
      );
      assertEquals(error, full);
      assert(told.includes("long stopped") && !told.includes("waits begins"), told.join());
    }
  },
);

testNeeding(NEEDS, "a listener to beginnings is awaited before the job begins", async () => {
  const told: string[] = [];
  await run([job("a", ["say=1"])], {
    onStart: async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      told.push("told");
    },
    onLine: () => void told.push("said"),
  });
  assertEquals(told, ["told", "said"]);
});

testNeeding(NEEDS, "a job that Ctrl-C has ended before it reached us is stopped", async () => {
  const stop = new AbortController();
  const interrupted = () =>
    run([job("struck", ["say=on", "interrupt"]), job("waits", [])], { signal: stop.signal });
  const alone = await interrupted();
  assertEquals(alone.outcomes.get("struck"), { state: "failed", error: "ended by SIGINT" });
  assertEquals(alone.outcomes.get("waits"), { state: "done" });

  const both = run([job("struck", ["say=on", "interrupt"]), job("waits", [])], {
    signal: stop.signal,
    // The job's end comes at once, ours a little later.
    onLine: () => setTimeout(() => stop.abort(), 150),
  });
  const { outcomes } = await both;
  assertEquals([...outcomes.values()], [{ state: "stopped" }, { state: "stopped" }]);
});

testNeeding([], "jobs that can never all run are refused", async () => {
  const message = (name: string) => `Cannot run jobs: ${name} needs`;
  await assertRejects(
    () => run([job("a", [], ["b"]), job("b", [], ["a"])]),
    RangeError,
    message("a"),
  );
  await assertRejects(() => run([job("a", []), job("b", [], ["c"])]), RangeError, message("b"));
});

Deno.test("errorLine() finds the error among other lines", () => {
  assertEquals(errorLine([]), undefined);
  assertEquals(errorLine(["", " "]), undefined);
  assertEquals(errorLine(["Warning: a", "Cannot do: b", "", "--help says more"]), "Cannot do: b");
  const worker = [
    "error: Uncaught (in worker promise) RangeError: c",
    "  at d",
    "error: Uncaught Error: e",
  ];
  assertEquals(errorLine(worker), "Error: e");
});
