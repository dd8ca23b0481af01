import { type Dataset, File, type Group, ready } from "npm:h5wasm@0.10.3";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { kerasFiles } from "../../../src/models/export/keras.ts";
import {
  kerasAutoencoder,
  kerasDecoder,
  kerasEncoder,
} from "../../../src/models/export/keras_config.ts";
import {
  econAutoencoderWeights,
  PUBLISHED_FORMATS,
  type WeightTensor,
} from "../../../src/models/inference/mod.ts";
import { readKerasWeights } from "../../../src/models/published/keras_weights.ts";
import { referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";
import { randomEconWeights } from "../_random_weights.ts";
import { assertSameNumbers, assertSameWeights } from "./_same_numbers.ts";

const WEIGHTS = randomEconWeights(6, PUBLISHED_FORMATS);
const { encoder: { conv, dense }, decoder } = WEIGHTS;

/** What the files must hold: layers with the arrays of each, by path and shape. */
const ENCODER = {
  conv2d_0_m: { "kernel:0": [[3, 3, 1, 8], conv.kernel], "bias:0": [[8], conv.bias] },
  encoded_vector: { "kernel:0": [[128, 16], dense.kernel], "bias:0": [[16], dense.bias] },
};
const DECODER = {
  de_dense_final: {
    "kernel:0": [[16, 128], decoder.dense.kernel],
    "bias:0": [[128], decoder.dense.bias],
  },
  conv2D_t_0: {
    "kernel:0": [[3, 3, 8, 8], decoder.conv1.kernel],
    "bias:0": [[8], decoder.conv1.bias],
  },
  conv2d_t_final: {
    "kernel:0": [[3, 3, 1, 8], decoder.conv2.kernel],
    "bias:0": [[1], decoder.conv2.bias],
  },
};

Deno.test("the files of encoder and decoder hold every layer, path, shape and value", async () => {
  const files = await kerasFiles(WEIGHTS);
  for (
    const [bytes, model, layers] of [
      [files.encoder, kerasEncoder(PUBLISHED_FORMATS), ENCODER],
      [files.decoder, kerasDecoder(), DECODER],
    ] as const
  ) {
    await _withFile(bytes, (file) => {
      assertEquals(JSON.parse(file.attrs.model_config.value as string), model as object);
      assertEquals(_names(file, "layer_names"), model.config.layers.map(({ name }) => name));
      for (const name of _names(file, "layer_names")) {
        const arrays: Record<string, unknown> =
          (layers as Record<string, Record<string, unknown>>)[name] ?? {};
        assertEquals(
          _names(file, "weight_names", name),
          Object.keys(arrays).map((array) => `${name}/${array}`),
        );
        for (const [array, expected] of Object.entries(arrays)) {
          const { shape, value, metadata } = file.get(
            `model_weights/${name}/${name}/${array}`,
          ) as Dataset;
          const [sizes, values] = expected as [number[], Float32Array];
          assertEquals(shape, sizes);
          assertSameNumbers(value as Float32Array, values);
          assert(metadata.littleEndian && metadata.size === 4);
        }
      }
    });
  }
});

Deno.test("the file of both has models as layers", async () => {
  const { autoencoder } = await kerasFiles(WEIGHTS);
  await _withFile(autoencoder, (file) => {
    assertEquals(
      JSON.parse(file.attrs.model_config.value as string),
      kerasAutoencoder(PUBLISHED_FORMATS) as object,
    );
    assertEquals(_names(file, "layer_names"), ["input_1", "encoder", "decoder"]);
    for (const [model, layers] of Object.entries({ encoder: ENCODER, decoder: DECODER })) {
      assertEquals(
        _names(file, "weight_names", model),
        Object.entries(layers).flatMap(([layer, arrays]) =>
          Object.keys(arrays).map((array) => `${layer}/${array}`)
        ),
      );
    }
  });
  // The published networks' reader gets the weights back.
  assertSameWeights(
    econAutoencoderWeights(await readKerasWeights(autoencoder), PUBLISHED_FORMATS),
    WEIGHTS,
  );
});

Deno.test("the files say by which Keras they can be read, in the root and with the weights", async () => {
  for (const bytes of Object.values(await kerasFiles(WEIGHTS))) {
    await _withFile(bytes, (file) => {
      for (const { attrs } of [file, file.get("model_weights") as Group]) {
        assertEquals(
          [attrs.keras_version.value, attrs.backend.value],
          ["2.8.0", "tensorflow"],
        );
      }
    });
  }
});

testNeeding(
  [referenceData("peer_networks/autoencoder_5bit.f32")],
  "published weights lie where the published files have them",
  async () => {
    const published = readReferenceWeights("autoencoder_5bit");
    const files = await kerasFiles(econAutoencoderWeights(published, PUBLISHED_FORMATS));
    const written = new Map<string, WeightTensor>();
    for (const part of ["encoder", "decoder"] as const) {
      for (const [path, tensor] of await readKerasWeights(files[part])) {
        written.set(`${part}/${path}`, tensor);
      }
    }
    assertEquals([...written.keys()].sort(), [...published.keys()].sort());
    for (const [path, { shape, values }] of published) {
      assertEquals(written.get(path)!.shape, shape);
      assertSameNumbers(written.get(path)!.values, values);
    }
  },
);

Deno.test("a float encoder has no quantisers to write", async () => {
  await assertRejects(
    () => kerasFiles(randomEconWeights(6)),
    TypeError,
    "Cannot export to Keras: encoder must have formats",
  );
});

async function _withFile(bytes: Uint8Array, use: (file: File) => void): Promise<void> {
  const { FS } = await ready;
  FS.writeFile("read_back.h5", bytes);
  const file = new File("read_back.h5", "r");
  try {
    use(file);
  } finally {
    file.close();
    FS.unlink("read_back.h5");
  }
}

function _names(file: File, attribute: string, layer = ""): string[] {
  const group = file.get(`model_weights/${layer}`.replace(/\/$/, "")) as Group;
  return [...group.attrs[attribute].value as Iterable<string>];
}
