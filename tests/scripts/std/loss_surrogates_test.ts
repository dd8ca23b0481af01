import { assert, assertEquals, assertRejects } from "@std/assert";
import { checksums, lossSurrogates } from "../../../scripts/std/loss_surrogates.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { permission, REFERENCE_DATA, referenceData, testNeeding } from "../../_support/skips.ts";

Deno.test("shipped surrogates are found by their kind", async () => {
  const found = await lossSurrogates({ surrogates: "scale_free, closed_form", published: "" });
  assertEquals(found.map(({ name, stored }) => [name, stored.kind]), [
    ["scale_free", "scale_free"],
    ["closed_form", "closed_form"],
  ]);
  const sums = await checksums(found);
  assertEquals(Object.keys(sums), ["scale_free", "closed_form"]);
  assert(sums.scale_free !== sums.closed_form);
  const weights = new Map(found[0].stored.weights), [[first, tensor]] = weights;
  weights.set(first, { ...tensor, values: tensor.values.with(0, 9) });
  const changed = [{ name: "scale_free", stored: { ...found[0].stored, weights } }];
  assert((await checksums(changed)).scale_free !== sums.scale_free);
});

Deno.test("no surrogate, and two of one name, are refused", async () => {
  const list = (surrogates: string) => lossSurrogates({ surrogates, published: "" });
  await assertRejects(() => list(" ,"), RangeError, "at least one must be named");
  await assertRejects(
    () => list("closed_form,closed_form"),
    RangeError,
    "two are called closed_form",
  );
});

testNeeding(
  [permission({ name: "read", path: "results" })],
  "a folder without a surrogate is named",
  async () => {
    await assertRejects(
      () => lossSurrogates({ surrogates: "results/absent", published: "" }),
      TypeError,
    );
  },
);

testNeeding(
  ["json", "f32"].map((end) => referenceData(`peer_networks/emd_cnn_pair_msle.${end}`)),
  "published weights become surrogates of their shape",
  async () => {
    await useBackend({ backend: "wasm" });
    const path = new URL("peer_networks/emd_cnn_pair_msle.json", REFERENCE_DATA).pathname;
    const [{ name, stored }] = await lossSurrogates({ surrogates: "", published: path });
    assertEquals(name, "emd_cnn_pair_msle");
    assertEquals(stored.options, {
      convLayers: 4,
      filters: 32,
      kernelSize: 5,
      denseLayers: 1,
      denseUnits: 32,
    });
  },
);
