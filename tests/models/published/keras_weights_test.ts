import { assertEquals, assertRejects } from "@std/assert";
import { File, ready } from "npm:h5wasm@0.10.3";
import { emdCnnWeights } from "../../../src/models/published/emd_cnn_weights.ts";
import { readKerasWeights } from "../../../src/models/published/keras_weights.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";

const PUBLISHED = "peer_networks/emd_cnn_pair_mse.h5";

testNeeding(
  [referenceData(PUBLISHED), referenceData("peer_networks/emd_cnn_pair_mse.f32")],
  "readKerasWeights() reads the published file: the same numbers as in the raw one",
  async () => {
    const keras = await readKerasWeights(Deno.readFileSync(new URL(PUBLISHED, REFERENCE_DATA)));
    const raw = readReferenceWeights("emd_cnn_pair_mse");
    assertEquals(keras.size, raw.size);
    for (const [name, tensor] of raw) {
      assertEquals(keras.get(`base_model/${name}:0`), tensor, name);
    }
    assertEquals(emdCnnWeights(keras), emdCnnWeights(raw));
  },
);

Deno.test("readKerasWeights() reads files of weights alone, in the order of their lists", async () => {
  const bytes = await _hdf5((file) => {
    file.create_attribute("layer_names", ["second", "first"], null, "S6");
    const first = file.create_group("first"), second = file.create_group("second");
    first.create_attribute("weight_names", ["first/kernel:0"], null, "S14");
    first.create_group("first").create_dataset({
      name: "kernel:0",
      data: Float32Array.of(1, 2, 3, 4, 5, 6),
      shape: [3, 2],
    });
    second.create_attribute("weight_names", [], [0], "<f8");
  });
  assertEquals([...await readKerasWeights(bytes)], [
    ["first/first/kernel:0", { shape: [3, 2], values: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ]);
});

Deno.test("readKerasWeights() refuses what is not Keras's, and numbers of another type", async () => {
  const layer = (file: File, data: Float64Array | undefined) => {
    file.create_attribute("layer_names", ["layer"], null, "S5");
    const group = file.create_group("layer");
    group.create_attribute("weight_names", ["bias:0"], null, "S6");
    if (data) group.create_dataset({ name: "bias:0", data, shape: [data.length] });
  };
  for (
    const [fill, message] of [
      [() => {}, "there is no list of layer_names in /"],
      [
        (file) => file.create_attribute("layer_names", ["layer"], null, "S5"),
        "file must have a group for each layer, there is none of layer",
      ],
      [(file) => layer(file, undefined), "there is no bias:0"],
      [(file) => layer(file, Float64Array.of(1)), "bias:0 must be float32"],
    ] as [(file: File) => void, string][]
  ) {
    const bytes = await _hdf5(fill);
    await assertRejects(() => readKerasWeights(bytes), TypeError, message);
  }
  await assertRejects(
    () => readKerasWeights(new Uint8Array(100)),
    TypeError,
    "must be an HDF5 file",
  );
});

/** Bytes of a file that is made by the package itself. */
async function _hdf5(fill: (file: File) => void): Promise<Uint8Array> {
  const { FS } = await ready;
  const file = new File("made.h5", "w");
  fill(file);
  file.close();
  const bytes = FS.readFile("made.h5");
  FS.unlink("made.h5");
  return bytes;
}
