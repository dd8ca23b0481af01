import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  pairsAt,
  pileUpNetwork,
  removePileUp,
  type Remover,
  subtracted,
} from "../../../scripts/std/pile_up_removal.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../../src/datasets/wafer_table.ts";
import { quantiles } from "../../../src/numerics/mod.ts";
import { tf, useBackend } from "../../../src/tensor/mod.ts";

Deno.test("a subtraction leaves no charge below zero and no wafer empty", () => {
  const charges = new Float64Array(2 * 48).fill(10);
  charges[5] = 30;
  charges[48 + 7] = 12;
  const left = subtracted(charges, 20);
  assertEquals([left[5], left[48 + 7]], [1, 1]);
  const some = subtracted(charges, 5);
  assertAlmostEquals(some[5], 25 / (25 + 47 * 5));
});

Deno.test("the network leaves cells without charge empty, and begins near what there is", async () => {
  await useBackend({ backend: "wasm" });
  const charges = new Float64Array(48);
  charges.set([350, 0, 700]);
  const model = pileUpNetwork(1);
  const input = Float32Array.from(charges, (charge) => Math.log1p(charge / 35));
  const output = tf.tidy(() => model.apply(tf.tensor2d(input, [1, 48]), false));
  const fractions = Float32Array.from(await output.data());
  tf.dispose(output);
  model.dispose();
  assertAlmostEquals(fractions.reduce((a, b) => a + b), 1, 1e-5);
  assert(fractions[1] < 1e-20 && fractions[0] > 0.02 && fractions[2] > 0.02);
});

Deno.test("what is learnt from even pile-up takes it out of other wafers", async () => {
  await useBackend({ backend: "wasm" });
  const { charges } = toyWafers("shower", 300, 1);
  const clean = waferTable(charges);
  const amid = waferTable(clean.charges.map((charge) => charge + 40));
  const rows = Array.from({ length: 300 }, (_, row) => row), pairs = { amid, clean };
  const left = await removePileUp(
    pairsAt(pairs, rows.slice(0, 200)),
    pairsAt(pairs, rows.slice(200)),
    {
      steps: 40,
      seed: 1,
    },
  );
  const median = (remover: Remover) => quantiles(left[remover].emd, [0.5])[0];
  // One of the constants is just right.
  assertAlmostEquals(median("subtraction"), 0, 1e-9);
  for (const remover of ["sliced", "exact EMD"] as const) {
    assert(median(remover) < 0.7 * median("as it is"), `${remover}: ${median(remover)}`);
  }
});
