import { assert, assertEquals } from "@std/assert";
import { judgeSurrogates } from "../../../scripts/std/surrogate_quality.ts";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { shippedSurrogate } from "../../../src/models/surrogates/load_surrogate.ts";

Deno.test("surrogates are judged by random pairs and by reconstructions", async () => {
  const stored = await shippedSurrogate("closed_form");
  // The closed form is linear in its terms: twice the terms are twice the estimate.
  const weights = new Map(
    [...stored.weights].map(([name, { shape, values }]) =>
      [name, { shape, values: values.map((term) => 2 * term) }] as const
    ),
  );
  const told: number[][] = [];
  const found = await judgeSurrogates([
    { name: "shipped", stored },
    { name: "twice", stored: { ...stored, weights } },
  ], {
    wafers: toyWafers("shower", 60, 1),
    seed: 1,
    pairs: 50,
    onProgress: (done, total) => told.push([done, total]),
  });
  assertEquals(told, [[1, 2], [2, 2]]);
  const shipped = found.get("shipped")!, twice = found.get("twice")!;
  for (const kind of ["random", "reconstruction"] as const) {
    const { sigma, cosine } = shipped[kind];
    assert(sigma > 0.001 && sigma < 0.2, `${sigma}`);
    assert(cosine > 0.8 && cosine < 1, `${cosine}`);
    assert(Math.abs(twice[kind].sigma / sigma - 2) < 1e-6);
    assert(Math.abs(twice[kind].cosine - cosine) < 1e-9);
  }
  assert(shipped.random.sigma !== shipped.reconstruction.sigma);
});
