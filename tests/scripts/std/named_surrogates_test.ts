import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { namedSurrogates } from "../../../scripts/std/named_surrogates.ts";
import { fileStore } from "../../../src/experiments/store_deno.ts";
import { buildScaleFree } from "../../../src/models/surrogates/scale_free.ts";
import { writeSurrogate } from "../../../src/models/surrogates/surrogate_files.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { normalise } from "../../../src/wafer/mod.ts";
import {
  permission,
  readReferenceJson,
  REFERENCE_DATA,
  referenceData,
  testNeeding,
} from "../../_support/skips.ts";

const RESULTS = new URL("../../../results/", import.meta.url);
const FILES = [
  permission({ name: "read", path: RESULTS }),
  permission({ name: "write", path: RESULTS }),
];

Deno.test("namedSurrogates() knows the exact solver and the closed form, without tensors", async () => {
  const { surrogates, backend } = await namedSurrogates("closed_form, exact", "wasm");
  assertEquals(surrogates.map(({ name }) => name), ["closed_form", "exact"]);
  assertEquals(backend, "typescript");
  const x = new Float64Array(48).with(0, 1), y = new Float64Array(48).with(1, 1);
  const [closed, exact] = await Promise.all(
    surrogates.map(({ estimator }) => estimator.value(x, y)),
  );
  assertAlmostEquals(exact[0], 2, 1e-6);
  // Single steps are what it is worst at.
  assertAlmostEquals(closed[0] / exact[0], 1, 0.4);
});

testNeeding(FILES, "namedSurrogates() reads a folder, and where it was trained", async () => {
  await useBackend({ backend: "wasm" });
  const model = buildScaleFree({ units: 4, seed: 1 });
  const weights = new Map(
    [...model.parameters].map(([name, variable]) => [name, {
      shape: variable.shape,
      values: Float32Array.from(variable.dataSync()),
    }]),
  );
  const folder = new URL("named_surrogates_test", RESULTS).pathname;
  await writeSurrogate(fileStore(folder), "", {
    kind: "scale_free",
    options: { units: 4 },
    provenance: { seed: 5, data: "abc" },
    weights,
  });
  try {
    const { surrogates: [surrogate], backend } = await namedSurrogates(folder, "wasm");
    assertEquals(surrogate.name, "named_surrogates_test");
    assertEquals(surrogate.trainedOn, { seed: 5, data: "abc" });
    assert(backend.startsWith("wasm"));
    const x = new Float64Array(48).fill(1 / 48);
    assertEquals([...await surrogate.estimator.value(x, x)], [0]);
    surrogate.estimator.dispose();
  } finally {
    await Deno.remove(folder, { recursive: true });
    model.dispose();
  }
});

testNeeding(
  [
    referenceData("peer_networks/emd_cnn_pair_mse.json"),
    referenceData("peer_tables/published_emd_cnns.json"),
  ],
  "namedSurrogates() reads published weights, and they give what is published of them",
  async () => {
    const path = new URL("peer_networks/emd_cnn_pair_mse.json", REFERENCE_DATA).pathname;
    const { surrogates: [{ name, estimator }] } = await namedSurrogates(
      `published:${path}`,
      "wasm",
    );
    assertEquals(name, "emd_cnn_pair_mse");
    const { cases } = readReferenceJson("peer_tables/published_emd_cnns.json");
    const fractions = (side: "x" | "y") =>
      normalise(cases.flatMap((row: Record<string, number[]>) => row[side]), "fraction");
    const values = await estimator.value(fractions("x"), fractions("y"));
    cases.forEach((row: { emd_cnn: Record<string, number> }, pair: number) => {
      assertAlmostEquals(values[pair] / row.emd_cnn.pair_mse, 1, 1e-4);
    });
    estimator.dispose();
  },
);

Deno.test("namedSurrogates() refuses nothing, the same twice, and folders that are none", async () => {
  await assertRejects(
    () => namedSurrogates(" ,", "wasm"),
    RangeError,
    "at least one must be named",
  );
  await assertRejects(
    () => namedSurrogates("exact,exact", "wasm"),
    RangeError,
    "Cannot evaluate surrogates: two are called exact",
  );
});
