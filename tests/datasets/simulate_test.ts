import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { simulate, type SimulateOptions } from "../../src/datasets/simulate.ts";
import { concatenateWafers } from "../../src/datasets/wafer_table.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const READ = permission({ name: "read", path: new URL("../../", import.meta.url) });
const FEW: SimulateOptions = { seed: 9, events: 10, pileUp: 20, eventsATable: 4 };

const all = (options: SimulateOptions) => Array.fromAsync(simulate(options));

Deno.test("simulate() gives tables of whole events in order", async () => {
  const done: number[] = [];
  const tables = await all({
    ...FEW,
    firstEvent: 100,
    onProgress: (count, total) => {
      assertEquals(total, 10);
      done.push(count);
    },
  });
  assertEquals(done, [4, 8, 10]);
  const events = tables.map(({ columns }) => [...new Set(columns.event as Float64Array)]);
  assertEquals(events, [[100, 101, 102, 103], [104, 105, 106, 107], [108, 109]]);
});

Deno.test("simulate() gives an event the same wafers in whatever company", async () => {
  const together = concatenateWafers(await all({ ...FEW, eventsATable: 64 }));
  const apart = await all({ ...FEW, eventsATable: 1 });
  assertEquals(concatenateWafers(apart), together);
  assertEquals(await all({ ...FEW, firstEvent: 7, events: 1 }), [apart[7]]);
});

testNeeding([READ], "simulate() gives the same tables on any number of workers", async () => {
  const alone = await all(FEW);
  assertEquals(await all({ ...FEW, workers: 2 }), alone);
  assertEquals(await all({ ...FEW, workers: 5 }), alone);
});

testNeeding([READ], "simulate() ends its workers when the iteration ends early", async () => {
  for await (const table of simulate({ ...FEW, events: 1000, workers: 2 })) {
    assert(table.count > 0);
    break;
  }
  const iterator = simulate({ ...FEW, events: 1000, workers: 2 })[Symbol.asyncIterator]();
  await iterator.next();
  await iterator.return?.();
});

for (const workers of [1, 2]) {
  testNeeding([READ], `simulate() stops on a signal, with ${workers} workers`, async () => {
    const controller = new AbortController();
    let tables = 0;
    await assertRejects(
      async () => {
        const { signal } = controller;
        for await (const _ of simulate({ ...FEW, events: 1000, workers, signal })) {
          if (++tables === 2) controller.abort(new Error("enough"));
        }
      },
      Error,
      "enough",
    );
    assertEquals(tables, 2);
    await assertRejects(() => all({ ...FEW, workers, signal: AbortSignal.abort() }));
  });
}

Deno.test("simulate() can be stopped by a timer while it works in this thread", async () => {
  const signal = AbortSignal.timeout(30);
  await assertRejects(() => all({ ...FEW, events: 1_000_000, signal }), DOMException);
});

Deno.test("simulate() of no events gives no tables", async () => {
  assertEquals(await all({ ...FEW, events: 0, workers: 3 }), []);
});

Deno.test("simulate() refuses impossible options before anything is simulated", () => {
  for (
    const [wrong, message] of [
      [{ events: -1 }, "events must be an integer >= 0, current value is -1"],
      [{ firstEvent: 0.5 }, "firstEvent must be an integer >= 0, current value is 0.5"],
      [{ workers: 0 }, "workers must be an integer >= 1, current value is 0"],
      [{ eventsATable: NaN }, "eventsATable must be an integer >= 1, current value is NaN"],
      [{ eta: [2, 1] as const }, "eta must be a range"],
    ] as const
  ) {
    assertThrows(() => simulate({ ...FEW, ...wrong }), RangeError, message);
  }
});
