import { assert, assertEquals } from "@std/assert";
import { RunDisplay } from "../../../scripts/std/run_display.ts";

const MINUTE = 60_000;

/** A display whose clock the test turns. */
function display(minutes: Record<string, number>, isTerminal = false, sideBySide = 1) {
  const state = { now: 0, text: "" };
  const run = new RunDisplay({
    minutes: new Map(Object.entries(minutes)),
    sideBySide,
    columns: 100,
    now: () => state.now,
    sink: { isTerminal, write: (text) => void (state.text += text) },
  });
  return { run, state };
}

Deno.test("the time left is the plan's at first, then at the pace of what has been done", () => {
  const { run, state } = display({ a: 10, b: 30 });
  assertEquals(run.secondsLeft, 40 * 60);
  run.start("a");
  state.now = 20 * MINUTE;
  run.end("a", "a: done");
  // Twice as long as planned: b will take nearly an hour, the plan counting like two minutes.
  const pace = (20 + 2) / (10 + 2);
  assert(Math.abs(run.secondsLeft - 60 * 30 * pace) < 1e-6, `${run.secondsLeft}`);
});

Deno.test("jobs side by side share the time", () => {
  const { run } = display({ a: 10, b: 30 }, false, 2);
  assertEquals(run.secondsLeft, 20 * 60);
});

Deno.test("results that are found tell nothing of the pace", () => {
  const { run, state } = display({ a: 10, b: 30 });
  run.start("a");
  state.now = 1000;
  run.end("a", "a: found complete", { counts: false });
  assert(Math.abs(run.secondsLeft - 30 * 60) < 30, `${run.secondsLeft}`);
});

Deno.test("where there is no terminal, there are plain lines: each job's end, and one a minute", () => {
  const { run, state } = display({ a: 4, b: 4 });
  run.start("a");
  for (let k = 0; k < 150; k++) {
    state.now += 1000;
    run.progress("a", `Training ${k} %`);
  }
  run.end("a", "a: done in 2 min 30 s");
  run.stop();
  const lines = state.text.trimEnd().split("\n");
  assertEquals(lines.length, 3);
  assert(
    /^\[#+-+\] 12 %, 0\/2 done, \d+ min.* left; a: Training 59 %$/.test(lines[0]),
    lines[0],
  );
  assertEquals(lines[2], "1/2 a: done in 2 min 30 s");
  assert(!state.text.includes("\r"));
});

Deno.test("on a terminal one line is redrawn, and fits", () => {
  const { run, state } = display({ a: 1, b: 1 }, true, 2);
  run.start("a");
  state.now = 1000;
  run.start("b");
  run.progress("b", "a label that is longer than what is left of the line ".repeat(3));
  state.now = 2000;
  run.progress("a", "Training");
  state.now = 3000;
  run.end("a", "a: done");
  run.stop();
  const drawn = state.text.split("\r\x1b[K");
  assert(drawn.every((line) => line.length < 100 || line.endsWith("\n")), state.text);
  assert(drawn.includes("1/2 a: done\n"));
  assert(state.text.endsWith("\r\x1b[K"), "the line is taken away at the end");
});
