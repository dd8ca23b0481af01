import { assertEquals } from "@std/assert";
import { STOPPED } from "../../../scripts/std/stop_signals.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "run", command: "deno" }),
  permission({ name: "read", path: HERE }),
];

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  testNeeding(NEEDS, `stopSignals() lets a script answer ${signal}`, async () => {
    const child = new Deno.Command("deno", {
      args: ["run", "--no-lock", "_fake_job.ts", "listen", "say=on"],
      cwd: HERE,
      stdout: "piped",
      stderr: "null",
    }).spawn();
    let said = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      if (said === "") child.kill(signal);
      said += text;
    }
    assertEquals(said, "listening\nstopped\non\n");
    assertEquals((await child.status).code, 0);
  });
}

Deno.test("a process that Ctrl-C has stopped ends as shells expect", () => {
  assertEquals(STOPPED, 128 + 2);
});
