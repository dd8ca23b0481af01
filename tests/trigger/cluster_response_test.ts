import { assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { clusterResponse } from "../../src/trigger/cluster_response.ts";

Deno.test("clusterResponse() is mean and relative spread of what was found", () => {
  const random = new RandomStream(1, "response");
  const ratios = Float64Array.from(
    { length: 100_000 },
    (_, k) => k % 4 === 0 ? NaN : 0.8 + 0.04 * random.normal(),
  );
  const { count, mean, relativeRms } = clusterResponse(ratios);
  assertEquals(count, 75_000);
  assertAlmostEquals(mean, 0.8, 1e-3);
  assertAlmostEquals(relativeRms, 0.05, 1e-3);
});

Deno.test("clusterResponse() of nothing has no NaN", () => {
  assertEquals(clusterResponse([NaN]), { count: 0, mean: 0, relativeRms: 0 });
});
