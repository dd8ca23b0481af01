import { assertEquals } from "@std/assert";
import {
  BIT0,
  BIT1,
  MAX_CELLS,
  Workspace,
} from "../../../src/transport/metric_simplex/workspace.ts";

Deno.test("BIT0 and BIT1 give each of 62 nodes a bit of its own", () => {
  const seen = new Set<string>();
  for (let k = 0; k < MAX_CELLS; k++) {
    assertEquals([BIT0[k], BIT1[k]].filter((bits) => bits !== 0).length, 1);
    seen.add(`${BIT0[k]},${BIT1[k]}`);
  }
  assertEquals(seen.size, MAX_CELLS);
});

Deno.test("Workspace has room for the largest residual problem", () => {
  const { cost, maxDistance } = new Workspace(Float64Array.of(0, 5, 5, 0), 2);
  assertEquals(maxDistance, 5);
  for (let n = 1; n < MAX_CELLS; n++) {
    const m = MAX_CELLS - n, stride = (m + 1) & ~1;
    assertEquals(n * stride <= cost.length, true);
  }
});
