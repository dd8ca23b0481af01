import { assertEquals, assertRejects } from "@std/assert";
import { eventSettings } from "../../../src/datasets/simulation/event_settings.ts";
import { simulateEvents } from "../../../src/datasets/simulation/event_table.ts";
import {
  type EventRequest,
  simulateOnWorkers,
} from "../../../src/datasets/simulation/event_workers.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const READ = permission({ name: "read", path: new URL("../../../", import.meta.url) });
const settings = eventSettings({ seed: 4, pileUp: 5 });
const requests = (count: number): EventRequest[] =>
  Array.from({ length: count }, (_, k) => ({ settings, first: 3 * k, count: 3 }));

testNeeding([READ], "simulateOnWorkers() gives what one thread gives, in order", async () => {
  const expected = requests(7).map(({ first, count }) => simulateEvents(settings, first, count));
  for (const workers of [1, 2, 3]) {
    assertEquals(await Array.fromAsync(simulateOnWorkers(requests(7), workers)), expected);
  }
});

testNeeding([READ], "simulateOnWorkers() asks for no more than is taken", async () => {
  let asked = 0;
  function* endless(): Generator<EventRequest> {
    while (true) yield { settings, first: asked++, count: 1 };
  }
  let taken = 0;
  for await (const _ of simulateOnWorkers(endless(), 2)) {
    if (++taken === 10) break;
    assertEquals(asked <= taken + 4, true, `${asked} asked for, ${taken} taken`);
  }
  // Reaching the end of this test shows that the workers have ended: Deno waits for them otherwise.
});

testNeeding([READ], "simulateOnWorkers() passes on a worker's error", async () => {
  // A function cannot be sent; layers that are no array fail inside of the worker.
  const broken = { ...settings, layers: undefined as unknown as number[] };
  await assertRejects(
    () => Array.fromAsync(simulateOnWorkers([{ settings: broken, first: 0, count: 1 }], 2)),
    Error,
    "Cannot simulate events: ",
  );
});
