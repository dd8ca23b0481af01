/** The Keras files as h5py reads them, and Keras with it (Debian: apt-get install python3-h5py). */
import { assertEquals } from "@std/assert";
import { type KerasFiles, kerasFiles } from "../../src/models/export/keras.ts";
import {
  kerasAutoencoder,
  kerasDecoder,
  kerasEncoder,
} from "../../src/models/export/keras_config.ts";
import { PUBLISHED_FORMATS } from "../../src/models/inference/mod.ts";
import { permission, REFERENCE_DATA, referenceData, testNeeding } from "../_support/skips.ts";
import { assertSameNumbers } from "../models/export/_same_numbers.ts";
import { randomEconWeights } from "../models/_random_weights.ts";

const PYTHON = "/usr/bin/python3";
const NEEDS = [permission({ name: "run", command: PYTHON }) ?? await _hasH5py()];

/**
 * Follows Keras 2's steps (load_model_from_hdf5 and load_weights_from_hdf5_group): it decodes what can
 * be decoded, and looks up each name of a list as a path in the layer's group.
 */
const READ = `
import io, json, sys, h5py
def text(value):
    return value.decode("utf-8") if hasattr(value, "decode") else value
file = h5py.File(io.BytesIO(sys.stdin.buffer.read()), "r")
group = file["model_weights"]
print(json.dumps({
    "config": json.loads(text(file.attrs["model_config"])),
    "versions": [text(g.attrs[key]) for g in (file, group) for key in ("keras_version", "backend")],
    "kinds": sorted({g.attrs[key].dtype.kind for g, key in
        [(group, "layer_names")] + [(g, "weight_names") for g in group.values() if len(g)]}),
    "layers": [[text(name), [[text(weight), group[text(name)][text(weight)].shape,
        str(group[text(name)][text(weight)].dtype), group[text(name)][text(weight)][()].ravel().tolist()]
        for weight in group[text(name)].attrs["weight_names"]]] for name in group.attrs["layer_names"]],
}))
`;

const WEIGHTS = randomEconWeights(12, PUBLISHED_FORMATS);
const { encoder: { conv, dense }, decoder } = WEIGHTS;

const ENCODER = [
  ["conv2d_0_m/kernel:0", [3, 3, 1, 8], "float32", [...conv.kernel]],
  ["conv2d_0_m/bias:0", [8], "float32", [...conv.bias]],
  ["encoded_vector/kernel:0", [128, 16], "float32", [...dense.kernel]],
  ["encoded_vector/bias:0", [16], "float32", [...dense.bias]],
];
const DECODER = [
  ["de_dense_final/kernel:0", [16, 128], "float32", [...decoder.dense.kernel]],
  ["de_dense_final/bias:0", [128], "float32", [...decoder.dense.bias]],
  ["conv2D_t_0/kernel:0", [3, 3, 8, 8], "float32", [...decoder.conv1.kernel]],
  ["conv2D_t_0/bias:0", [8], "float32", [...decoder.conv1.bias]],
  ["conv2d_t_final/kernel:0", [3, 3, 1, 8], "float32", [...decoder.conv2.kernel]],
  ["conv2d_t_final/bias:0", [1], "float32", [...decoder.conv2.bias]],
];

const EXPECTED: Record<keyof KerasFiles, { config: object; layers: _Layer[] }> = {
  encoder: {
    config: kerasEncoder(PUBLISHED_FORMATS),
    layers: [
      ["input_1", []],
      ["input_qa", []],
      ["conv2d_0_m", ENCODER.slice(0, 2)],
      ["accum1_qa", []],
      ["flatten", []],
      ["encoded_vector", ENCODER.slice(2)],
      ["encod_qa", []],
    ],
  },
  decoder: {
    config: kerasDecoder(),
    layers: [
      ["decoder_input", []],
      ["de_dense_final", DECODER.slice(0, 2)],
      ["de_reshape", []],
      ["conv2D_t_0", DECODER.slice(2, 4)],
      ["conv2d_t_final", DECODER.slice(4)],
      ["decoder_output", []],
    ],
  },
  autoencoder: {
    config: kerasAutoencoder(PUBLISHED_FORMATS),
    layers: [["input_1", []], ["encoder", ENCODER], ["decoder", DECODER]],
  },
};

for (const [name, { config, layers }] of Object.entries(EXPECTED)) {
  testNeeding(NEEDS, `h5py finds what Keras looks for in the file: ${name}`, async () => {
    const files = await kerasFiles(WEIGHTS);
    const read = JSON.parse(await _python(READ, files[name as keyof KerasFiles]));
    assertEquals(read.config, config);
    assertEquals(read.versions, ["2.8.0", "tensorflow", "2.8.0", "tensorflow"]);
    assertEquals(read.kinds, ["S"]); // bytes of one length
    assertEquals(_withoutValues(read.layers), _withoutValues(layers));
    assertSameNumbers(_values(read.layers), _values(layers));
  });
}

testNeeding(
  [...NEEDS, referenceData("peer_networks/emd_cnn_pair_mse.h5")],
  "the same steps read a file that Keras wrote",
  async () => {
    const bytes = await Deno.readFile(
      new URL("peer_networks/emd_cnn_pair_mse.h5", REFERENCE_DATA),
    );
    const { layers, versions, config } = JSON.parse(await _python(READ, bytes));
    assertEquals(versions, ["2.5.0", "tensorflow", "2.5.0", "tensorflow"]);
    assertEquals(config.class_name, "Functional");
    assertEquals(layers.map(([name]: [string]) => name), [
      "input_1",
      "input_2",
      "base_model",
      "average",
    ]);
  },
);

/** A layer's name and its arrays: name, shape, type, numbers. */
type _Layer = readonly [string, readonly (readonly unknown[])[]];

function _withoutValues(layers: readonly _Layer[]) {
  return layers.map(([name, arrays]) => [name, arrays.map((array) => array.slice(0, 3))]);
}

function _values(layers: readonly _Layer[]): number[] {
  return layers.flatMap(([_, arrays]) => arrays.flatMap((array) => array[3] as number[]));
}

async function _hasH5py(): Promise<string | undefined> {
  try {
    await _python("import h5py");
    return undefined;
  } catch {
    return "python3-h5py absent";
  }
}

/** What a program prints that is given some bytes. */
async function _python(program: string, input = new Uint8Array()): Promise<string> {
  const child = new Deno.Command(PYTHON, {
    args: ["-c", program],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [{ success, stdout, stderr }] = await Promise.all([
    child.output(),
    new Blob([input]).stream().pipeTo(child.stdin),
  ]);
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
