import { assert, assertEquals, assertRejects } from "@std/assert";
import { COMMAND, exportEncoder } from "../../scripts/export_encoder.ts";
import { fileStore } from "../../src/experiments/store_deno.ts";
import { writeAutoencoder } from "../../src/models/autoencoder/stored_autoencoder.ts";
import { cHeader } from "../../src/models/export/c_header.ts";
import { cmsswGraphs } from "../../src/models/export/cmssw.ts";
import { encoderJson, parseEncoderJson } from "../../src/models/export/encoder_json.ts";
import { onnxEncoder } from "../../src/models/export/onnx.ts";
import {
  econAutoencoderWeights,
  econFormats,
  loadEconAutoencoder,
} from "../../src/models/inference/mod.ts";
import { integerEncoderSpec } from "../../src/models/integer/integer_encoder_spec.ts";
import { readKerasWeights } from "../../src/models/published/keras_weights.ts";
import type { EconAutoencoderWeights, EconFormats } from "../../src/models/types.ts";
import { randomAutoencoder } from "../models/autoencoder/_stored.ts";
import { randomEconWeights } from "../models/_random_weights.ts";
import { FILES, inFolder, RUN, runAsDocumented, runHere } from "../_support/run_script.ts";
import { testNeeding } from "../_support/skips.ts";
import { assertSameNumbers, assertSameWeights } from "../models/export/_same_numbers.ts";

const ROOT = new URL("../../", import.meta.url);

testNeeding(FILES, "export_encoder.ts writes for each tool what the library gives", async () => {
  await inFolder(async (folder) => {
    const network = await _writeNetwork(folder, randomEconWeights(20));
    const weights = randomEconWeights(20, econFormats());
    const spec = integerEncoderSpec(weights.encoder);
    const { encoder, decoder } = cmsswGraphs(spec, weights.decoder);
    const expected = {
      onnx: { "encoder.onnx": onnxEncoder(spec) },
      cmssw: { "encoder.pb": encoder, "decoder.pb": decoder },
      c: { "econ_encoder.h": cHeader(spec) },
      json: { "autoencoder.json": encoderJson(spec, weights.decoder) },
    };
    for (const [to, files] of Object.entries(expected)) {
      const written = await _export(folder, { network, to });
      assertEquals(Object.keys(written).sort(), Object.keys(files).sort());
      for (const [name, content] of Object.entries(files)) {
        const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
        assertSameNumbers(written[name], bytes);
      }
    }
    const keras = await _export(folder, { network, to: "keras" });
    assertEquals(Object.keys(keras).sort(), ["autoencoder.h5", "decoder.h5", "encoder.h5"]);
    assertSameWeights(
      econAutoencoderWeights(await readKerasWeights(keras["autoencoder.h5"]), econFormats()),
      weights,
    );
  });
});

testNeeding(FILES, "export_encoder.ts reads what it writes", async () => {
  await inFolder(async (folder) => {
    const network = await _writeNetwork(folder, randomEconWeights(21));
    const bits = { "latent-bits": "3", "weight-bits": "6" };
    const direct = await _export(folder, { network, to: "c", ...bits });
    assertEquals(_text(direct["econ_encoder.h"]), _header(21, { latentBits: 3, weightBits: 6 }));

    await _export(folder, { network, to: "keras", out: `${folder}/keras` });
    const keras = `${folder}/keras/autoencoder.h5`;
    const again = await _export(folder, { network: keras, to: "c", ...bits });
    assertEquals(_text(again["econ_encoder.h"]), _text(direct["econ_encoder.h"]));

    await _export(folder, { network, to: "json", out: `${folder}/json`, ...bits });
    const json = `${folder}/json/autoencoder.json`;
    const third = await _export(folder, { network: json, to: "c" });
    assertEquals(_text(third["econ_encoder.h"]), _text(direct["econ_encoder.h"]));
    await assertRejects(
      () => _export(folder, { network: json, to: "c", ...bits }),
      TypeError,
      `Cannot export an encoder: ${json} says its bits itself`,
    );
  });
});

testNeeding(
  FILES,
  "export_encoder.ts writes what training wrote, by default the shipped network",
  async () => {
    await inFolder(async (folder) => {
      const { encoder } = await loadEconAutoencoder();
      const shipped = await _export(folder, { to: "c" });
      assertEquals(_text(shipped["econ_encoder.h"]), cHeader(integerEncoderSpec(encoder)));

      const stored = randomAutoencoder(24), network = `${folder}/trained`;
      await writeAutoencoder(fileStore(network), "", stored);
      const spec = integerEncoderSpec((await loadEconAutoencoder(stored)).encoder);
      assertEquals(
        _text((await _export(folder, { network, to: "c" }))["econ_encoder.h"]),
        cHeader(spec),
      );
      const json = await _export(folder, { network, to: "json" });
      const again = parseEncoderJson(_text(json["autoencoder.json"]));
      assertEquals(cHeader(integerEncoderSpec(again.encoder)), cHeader(spec));
      assertSameNumbers(
        again.decoder.conv1.kernel,
        stored.weights.get("decoder/conv1/kernel")!.values,
      );
    });
  },
);

testNeeding(
  FILES,
  "of decoders that tools do not know, export_encoder.ts writes the encoder alone",
  async () => {
    await inFolder(async (folder) => {
      const others = [{ decoder: { kind: "dense", units: [5] } }, { conditions: ["eta"] }] as const;
      for (const [k, architecture] of others.entries()) {
        const network = `${folder}/${k}`;
        await writeAutoencoder(fileStore(network), "", randomAutoencoder(25, architecture));
        assertEquals(Object.keys(await _export(folder, { network, to: "onnx" })), ["encoder.onnx"]);
        assertEquals(Object.keys(await _export(folder, { network, to: "c" })), ["econ_encoder.h"]);
        for (const to of ["json", "cmssw", "keras"]) {
          await assertRejects(
            () => _export(folder, { network, to }),
            TypeError,
            `--to ${to} writes its`,
          );
        }
      }
      const network = `${folder}/float`;
      await writeAutoencoder(fileStore(network), "", randomAutoencoder(26, { formats: "float" }));
      await assertRejects(() => _export(folder, { network, to: "c" }), TypeError, "formats");
    });
  },
);

testNeeding(FILES, "export_encoder.ts says what is wrong, and writes nothing", async () => {
  await inFolder(async (folder) => {
    const network = await _writeNetwork(folder, randomEconWeights(22));
    await Deno.writeTextFile(`${folder}/text.json`, "weights: 3");
    await Deno.writeTextFile(`${folder}/other.json`, "{}");
    const out = `${folder}/out`;
    const cases: [Record<string, string>, string][] = [
      [{ network: `${folder}/text.json` }, `Cannot export an encoder: ${folder}/text.json is not`],
      [{ network: `${folder}/absent` }, `there is no file ${folder}/absent/autoencoder.json`],
      [{ network: `${folder}/other.json` }, "Cannot read an encoder from JSON: format must be"],
      [
        { network, "weight-bits": "12", to: "onnx" },
        "Cannot export to ONNX: accumulators of dense",
      ],
      [{ network, "latent-bits": "17", to: "c" }, "output of dense must not be finer"],
    ];
    for (const [options, message] of cases) {
      await assertRejects(() => _export(folder, { ...options, out }), Error, message);
    }
    await assertRejects(
      () => _export(folder, { network: `${folder}/none.json`, out }),
      Deno.errors.NotFound,
    );
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    assertEquals(names.sort(), ["network.f32", "network.json", "other.json", "text.json"]);
  });
});

testNeeding(
  [...FILES, RUN],
  "export_encoder.ts runs with exactly the permissions that its help names",
  async () => {
    await inFolder(async (folder) => {
      const network = await _writeNetwork(folder, randomEconWeights(23));
      for (const to of ["c", "keras"]) {
        const args = ["--network", network, "--to", to, "--out", `${folder}/${to}`];
        const { code, stdout, stderr } = await runAsDocumented(COMMAND, folder, args);
        assertEquals(code, 0, stderr);
        assert(stdout.includes(`Wrote ${folder}/${to}/`), stdout);
      }
      assertEquals(
        await Deno.readTextFile(`${folder}/c/econ_encoder.h`),
        _header(23),
      );
    });
  },
);

testNeeding([FILES[0], RUN], "export_encoder.ts brings no package", async () => {
  const { stdout } = await new Deno.Command("deno", {
    args: ["info", "--no-lock", "--json", "scripts/export_encoder.ts"],
    cwd: ROOT,
  }).output();
  const { modules }: { modules: { specifier: string; error?: string; npmPackage?: string }[] } =
    JSON.parse(_text(stdout));
  assert(modules.some(({ specifier }) => specifier.endsWith("src/models/export/onnx.ts")));
  assertEquals(modules.filter(({ error, npmPackage }) => error ?? npmPackage), []);
});

/** Writes a network as a list of tensors beside their numbers; returns the list's path. */
async function _writeNetwork(folder: string, weights: EconAutoencoderWeights): Promise<string> {
  const { encoder: { conv, dense }, decoder } = weights;
  const layers = [
    ["encoder/conv", [3, 3, 1, 8], conv],
    ["encoder/latents", [128, 16], dense],
    ["decoder/dense", [16, 128], decoder.dense],
    ["decoder/up", [3, 3, 8, 8], decoder.conv1],
    ["decoder/image", [3, 3, 1, 8], decoder.conv2],
  ] as const;
  const numbers: number[] = [];
  const tensors = layers.flatMap(([layer, shape, { kernel, bias }]) =>
    ([["kernel", shape, kernel], ["bias", [bias.length], bias]] as const).map(
      ([role, shape, values]) => {
        const offset = numbers.length;
        numbers.push(...values);
        return { name: `${layer}/${role}:0`, shape, offset_floats: offset };
      },
    )
  );
  const manifest = { tensors, total_floats: numbers.length, dtype: "float32 little-endian" };
  await Deno.writeTextFile(`${folder}/network.json`, JSON.stringify(manifest));
  await Deno.writeFile(
    `${folder}/network.f32`,
    new Uint8Array(Float32Array.from(numbers).buffer),
  );
  return `${folder}/network.json`;
}

/** Runs the script's function in this process; returns the files that it wrote. */
async function _export(
  folder: string,
  options: Record<string, string>,
): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const out = options.out ?? await Deno.makeTempDir({ dir: folder });
  await runHere(COMMAND, exportEncoder, { ...options, out });
  const names = await Array.fromAsync(Deno.readDir(out), ({ name }) => name);
  const files = names.map(async (name) => [name, await Deno.readFile(`${out}/${name}`)] as const);
  return Object.fromEntries(await Promise.all(files));
}

function _header(seed: number, options: { latentBits?: number; weightBits?: number } = {}): string {
  const formats: EconFormats = econFormats(options);
  return cHeader(integerEncoderSpec(randomEconWeights(seed, formats).encoder));
}

function _text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
