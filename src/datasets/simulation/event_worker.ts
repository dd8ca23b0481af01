/**
 * A worker that simulates events: it answers each request with the arrays of its events.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { simulateEvents } from "./event_table.ts";
import type { EventReply, EventRequest } from "./event_workers.ts";

self.onmessage = ({ data }: MessageEvent<EventRequest>) => {
  try {
    const arrays = simulateEvents(data.settings, data.first, data.count);
    const reply: EventReply = { kind: "done", arrays };
    const { charges, rawCharges, numbers } = arrays;
    self.postMessage(reply, [charges.buffer, rawCharges.buffer, numbers.buffer]);
  } catch (error) {
    const reply: EventReply = { kind: "failed", message: String(error) };
    self.postMessage(reply);
  }
};
