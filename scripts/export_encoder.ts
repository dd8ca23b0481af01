/**
 * Writes a trained encoder for the tools that CMS uses.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/export_encoder.ts
 *
 * @module
 */
import { join } from "node:path";
import { writeWholeFile } from "../src/datasets/formats/whole_file_deno.ts";
import { cHeader } from "../src/models/export/c_header.ts";
import { cmsswGraphs } from "../src/models/export/cmssw.ts";
import { encoderJson, parseEncoderJson } from "../src/models/export/encoder_json.ts";
import { onnxEncoder } from "../src/models/export/onnx.ts";
import {
  type EconAutoencoderWeights,
  econAutoencoderWeights,
  econFormats,
  type NamedWeights,
  readRawWeights,
} from "../src/models/inference/mod.ts";
import { integerEncoderSpec } from "../src/models/integer/integer_encoder_spec.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";

const OPTIONS = {
  network: {
    kind: "text",
    value: "FILE",
    describe: "The autoencoder, see above",
  },
  to: {
    kind: "choice",
    choices: ["keras", "onnx", "cmssw", "c", "json"],
    describe: "For which tool",
    default: "json",
  },
  "latent-bits": {
    kind: "integer",
    describe: "Bits of each latent; 0 for 9, or what the network says",
    least: 0,
    default: 0,
  },
  "weight-bits": {
    kind: "integer",
    describe: "Bits of the encoder's weights, sign included; 0 for 5, or what the network says",
    least: 0,
    default: 0,
  },
  out: {
    kind: "text",
    value: "FOLDER",
    describe: "Where to write",
    default: "results/encoder",
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/export_encoder.ts",
  summary: `\
Writes a trained ECON-T encoder for the tools that CMS uses. docs/exports.md describes each file.

  --to   files                                   for
  keras  encoder.h5, decoder.h5, autoencoder.h5  Keras 2 with QKeras
  onnx   encoder.onnx                            ONNX Runtime and others: charges in, latents out
  cmssw  encoder.pb, decoder.pb                  CMSSW's autoencoder step: frozen TensorFlow graphs
  c      econ_encoder.h                          C99, integers alone
  json   autoencoder.json                        programs of one's own, and this script

A network is one of
  FILE.json    a list of tensors beside their numbers in FILE.f32, or what --to json has written
  FILE.h5      a Keras file of an autoencoder

The encoder's weights are rounded to their format; Keras files keep them as trained, because QKeras
rounds them. Keras files need a package of 14 MB, which is downloaded for them alone.`,
  permissions: {
    "--allow-read": "the network, this project's src (Keras), and to name files when complete",
    "--allow-write=results": "the files; name another folder to write there",
  },
  options: OPTIONS,
  example: "--network autoencoder.json --to c",
};

/** Options of {@linkcode exportEncoder}, as given on the command line. */
export type ExportEncoderOptions = CommandValues<typeof OPTIONS>;

/** Files by name. */
type _Files = Readonly<Record<string, Uint8Array | string>>;

/**
 * Writes an encoder for a tool.
 *
 * @param options The values of the options.
 * @throws {TypeError} If there is no network, or its file is not what it should be.
 * @throws {RangeError} If the tool cannot take the encoder's formats.
 */
export async function exportEncoder(options: ExportEncoderOptions): Promise<void> {
  const { network, to, out } = options;
  if (network === undefined) {
    throw new TypeError("Cannot export an encoder: --network is missing, there is no default one");
  }
  const weights = await _readNetwork(network, options);
  const files = await _filesFor(to, weights);
  await Deno.mkdir(out, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await writeWholeFile(join(out, name), [bytes], "an encoder");
    console.log(`Wrote ${join(out, name)}`);
  }
}

async function _filesFor(
  to: ExportEncoderOptions["to"],
  weights: EconAutoencoderWeights,
): Promise<_Files> {
  const spec = integerEncoderSpec(weights.encoder);
  switch (to) {
    case "c":
      return { "econ_encoder.h": cHeader(spec) };
    case "json":
      return { "autoencoder.json": encoderJson(spec, weights.decoder) };
    case "onnx":
      return { "encoder.onnx": onnxEncoder(spec) };
    case "cmssw": {
      const { encoder, decoder } = cmsswGraphs(spec, weights.decoder);
      return { "encoder.pb": encoder, "decoder.pb": decoder };
    }
    case "keras": {
      const { kerasFiles } = await _withPackages<_KerasWriter>("models/export/keras.ts");
      const { encoder, decoder, autoencoder } = await kerasFiles(weights);
      return { "encoder.h5": encoder, "decoder.h5": decoder, "autoencoder.h5": autoencoder };
    }
  }
}

async function _readNetwork(
  path: string,
  { "latent-bits": latentBits, "weight-bits": weightBits }: ExportEncoderOptions,
): Promise<EconAutoencoderWeights> {
  const formats = () =>
    econFormats({ ...(latentBits && { latentBits }), ...(weightBits && { weightBits }) });
  if (/\.(h5|hdf5)$/i.test(path)) {
    const { readKerasWeights } = await _withPackages<_KerasReader>(
      "models/published/keras_weights.ts",
    );
    return econAutoencoderWeights(await readKerasWeights(await Deno.readFile(path)), formats());
  }
  const text = await Deno.readTextFile(path);
  const manifest = _parse(text, path);
  if (!Array.isArray(manifest?.tensors)) {
    if (latentBits !== 0 || weightBits !== 0) {
      throw new TypeError(
        `Cannot export an encoder: ${path} says its bits itself, without --latent-bits and ` +
          `--weight-bits`,
      );
    }
    return parseEncoderJson(text);
  }
  const numbers = await Deno.readFile(path.replace(/\.json$/i, "") + ".f32");
  return econAutoencoderWeights(readRawWeights(manifest, numbers), formats());
}

// deno-lint-ignore no-explicit-any
function _parse(text: string, path: string): any {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TypeError(
      `Cannot export an encoder: ${path} must be JSON or end in .h5: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Of src/models/export/keras.ts. */
interface _KerasWriter {
  kerasFiles(
    weights: EconAutoencoderWeights,
  ): Promise<Record<"encoder" | "decoder" | "autoencoder", Uint8Array>>;
}

/** Of src/models/published/keras_weights.ts. */
interface _KerasReader {
  readKerasWeights(bytes: Uint8Array): Promise<NamedWeights>;
}

/**
 * Imports a module that needs a package. The name is put together here because Deno downloads what a
 * literal one brings, also when it is never imported.
 */
async function _withPackages<M>(file: string): Promise<M> {
  return await import(new URL(`../src/${file}`, import.meta.url).href);
}

if (import.meta.main) await runCommand(COMMAND, exportEncoder);
