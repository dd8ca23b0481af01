import { assert } from "@std/assert";
import { slowness } from "../../../scripts/std/speed_probe.ts";

Deno.test("slowness() is a ratio of times", () => {
  const ratio = slowness();
  assert(Number.isFinite(ratio) && ratio > 0, `${ratio}`);
});
