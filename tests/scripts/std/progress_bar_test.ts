import { assert, assertEquals, assertThrows } from "@std/assert";
import { ProgressBar, type ProgressBarOptions } from "../../../scripts/std/progress_bar.ts";

/** A bar that writes to a list, with a clock that the test sets. */
function recorded(isTerminal: boolean, options: Partial<ProgressBarOptions> = {}) {
  const written: string[] = [];
  const clock = { seconds: 0 };
  const bar = new ProgressBar({
    max: 1000,
    sink: { isTerminal, write: (text) => written.push(text) },
    now: () => 1000 * clock.seconds,
    ...options,
  });
  return { bar, written, clock };
}

Deno.test("ProgressBar redraws one line on a terminal", () => {
  const { bar, written, clock } = recorded(true, { label: "EMD" });
  clock.seconds = 2;
  bar.value += 500;
  clock.seconds = 4;
  bar.value = 1000;
  bar.stop();
  assertEquals(written, [
    "\r\x1b[KEMD [------------------------] 0 % 0/1,000",
    "\r\x1b[KEMD [############------------] 50 % 500/1,000, 250/s, 2 s left",
    "\r\x1b[KEMD [########################] 100 % 1,000/1,000, 250/s, 0 s left",
    "\r\x1b[KEMD 1,000/1,000 in 4 s, 250/s\n",
  ]);
});

Deno.test("ProgressBar draws at most ten times a second on a terminal", () => {
  const { bar, written, clock } = recorded(true);
  for (let done = 1; done <= 1000; done++) {
    clock.seconds = done / 1000;
    bar.value = done;
  }
  assertEquals(written.length, 1 + 10);
});

Deno.test("ProgressBar writes a line every tenth elsewhere", () => {
  const { bar, written, clock } = recorded(false, { max: 2000 });
  for (let done = 1; done <= 2000; done++) {
    clock.seconds = done / 100;
    bar.value = done;
  }
  bar.stop();
  assertEquals(written.length, 9 + 1);
  assertEquals(written[0], "10 % 200/2,000, 100/s, 18 s left\n");
  assertEquals(written[2], "30 % 600/2,000, 100/s, 14 s left\n");
  assertEquals(written[9], "2,000/2,000 in 20 s, 100/s\n");
  assert(written.every((text) => !text.includes("\r")));
});

Deno.test("ProgressBar starts from work already done", () => {
  const { bar, written, clock } = recorded(false, { value: 500 });
  clock.seconds = 10;
  bar.value = 600;
  // 100 items in 10 s, not 600.
  assertEquals(written, ["60 % 600/1,000, 10/s, 40 s left\n"]);
});

Deno.test("ProgressBar words long times and slow rates", () => {
  const { bar, written, clock } = recorded(false, { max: 100 });
  clock.seconds = 100;
  bar.value = 10;
  clock.seconds = 200_000;
  bar.value = 90;
  assertEquals(written[0], "10 % 10/100, 0.1/s, 15 min left\n");
  assert(written[1].endsWith("6 h 10 min left\n"), written[1]);
});

Deno.test("ProgressBar is silent after stop()", () => {
  const { bar, written } = recorded(false);
  bar.stop();
  bar.stop();
  bar.value = 700;
  assertEquals(written, ["0/1,000 in 0 s\n"]);
  assertEquals(bar.value, 700);
});

Deno.test("ProgressBar takes nothing to do, and refuses what cannot be counted", () => {
  const { bar, written } = recorded(true, { max: 0 });
  bar.stop();
  assert(written[0].includes("100 % 0/0"), written[0]);
  for (const max of [-1, NaN, Infinity]) {
    assertThrows(() => recorded(true, { max }), RangeError, `current value is ${max}`);
  }
});
