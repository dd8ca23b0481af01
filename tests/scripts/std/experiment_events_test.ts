import { assertEquals } from "@std/assert";
import { checkEvents, parseEvent } from "../../../scripts/std/experiment_events.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const ROOT = new URL("../../../", import.meta.url);
const NEEDS = [
  permission({ name: "run", command: "deno" }),
  permission({ name: "read", path: ROOT }),
];

/** Tells events for ever. */
const ENDLESS = `
import { tellEvent } from "./scripts/std/experiment_events.ts";
setInterval(() => tellEvent({ event: "progress", label: "Training", done: 1, total: 2 }), 5);
`;

testNeeding(NEEDS, "a process ends when nobody reads its events any more", async () => {
  const child = new Deno.Command("deno", {
    args: ["eval", "--no-lock", ENDLESS],
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const line = new TextDecoder().decode((await reader.read()).value).split("\n")[0];
  assertEquals(parseEvent(line), { event: "progress", label: "Training", done: 1, total: 2 });
  await reader.cancel();
  assertEquals((await child.status).code, 1);
  assertEquals(await new Response(child.stderr).text(), "");
});

Deno.test("parseEvent() knows events from other lines, and from halves of events", () => {
  const event = { event: "result", experiment: "a", folder: "a/b", reused: true, seconds: 2 };
  assertEquals(parseEvent(JSON.stringify(event)), event as ReturnType<typeof parseEvent>);
  for (const line of ["", "{}", "done", JSON.stringify(event).slice(0, -3)]) {
    assertEquals(parseEvent(line), undefined);
  }
});

Deno.test("what a script has printed is whole when it ends with a result or a share", () => {
  const progress = '{"event":"progress","label":"Training","done":3,"total":3}';
  const shard = '{"event":"shard","number":1,"of":2,"networks":3}';
  const result = '{"event":"result","experiment":"a","folder":"a/b","reused":false,"seconds":1}';
  for (const whole of [result, `${progress}\n${shard}\n`, `${result}\nand a word\n`]) {
    assertEquals(checkEvents(whole), undefined);
  }
  for (const part of ["", progress, result.slice(0, -5), `${result}\n${progress}`]) {
    assertEquals(checkEvents(part), "it said nothing of a result");
  }
});
