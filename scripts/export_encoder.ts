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
import { encoderJson } from "../src/models/export/encoder_json.ts";
import { onnxEncoder } from "../src/models/export/onnx.ts";
import {
  type EconAutoencoderWeights,
  econFormats,
  loadEconAutoencoder,
  type LoadedAutoencoder,
  PUBLISHED_FORMATS,
} from "../src/models/inference/mod.ts";
import { integerEncoderSpec } from "../src/models/integer/integer_encoder_spec.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { NETWORK_HELP, readNetwork } from "./std/read_network.ts";

const OPTIONS = {
  network: {
    kind: "text",
    value: "NAME",
    describe: "The autoencoder, see above",
    default: "default",
  },
  to: {
    kind: "choice",
    choices: ["keras", "onnx", "cmssw", "c", "json"],
    describe: "For which tool",
    default: "json",
  },
  "latent-bits": {
    kind: "integer",
    describe: "Bits of each latent of a file of tensors; 0 for 9",
    least: 0,
    default: 0,
  },
  "weight-bits": {
    kind: "integer",
    describe: "Bits of its encoder's weights, sign included; 0 for 5",
    least: 0,
    default: 0,
  },
  out: {
    kind: "text",
    value: "FOLDER",
    describe: "Where to write",
    default: "results/encoder",
    names: "output folder",
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

${NETWORK_HELP}

Of a decoder that is not the published one, or that is told more than latents, only the encoder can be
written: --to onnx or c.

The encoder's weights are rounded to their format; Keras files keep them as trained, because QKeras
rounds them. Keras files need a package of 14 MB, which is downloaded for them alone.`,
  permissions: {
    "--allow-read":
      "the network, this project's src (Keras), and giving files their names when complete",
    "--allow-write=results": "the files",
  },
  options: OPTIONS,
  example: "--network results/autoencoder --to c",
};

/** Options of {@linkcode exportEncoder}, as given on the command line. */
export type ExportEncoderOptions = CommandValues<typeof OPTIONS>;

/** Files by name. */
type _Files = Readonly<Record<string, Uint8Array | string>>;

/**
 * Writes an encoder for a tool.
 *
 * @param options The values of the options.
 * @throws {TypeError} If the network is not what it should be, its encoder is not quantised, or the tool
 * needs the published decoder and it has another.
 * @throws {RangeError} If the tool cannot take the encoder's formats.
 */
export async function exportEncoder(options: ExportEncoderOptions): Promise<void> {
  const { to, out } = options;
  const files = await _filesFor(to, await _readNetwork(options));
  await Deno.mkdir(out, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await writeWholeFile(join(out, name), [bytes], "an encoder");
    console.log(`Wrote ${join(out, name)}`);
  }
}

async function _readNetwork(
  { network, "latent-bits": latentBits, "weight-bits": weightBits }: ExportEncoderOptions,
): Promise<LoadedAutoencoder> {
  const bits = { ...latentBits && { latentBits }, ...weightBits && { weightBits } };
  const stored = await readNetwork(network, {
    doing: "export an encoder",
    ...Object.keys(bits).length > 0 && { formats: econFormats(bits) },
    otherwise: PUBLISHED_FORMATS,
  });
  return await loadEconAutoencoder(stored);
}

async function _filesFor(
  to: ExportEncoderOptions["to"],
  { encoder, decoder, architecture }: LoadedAutoencoder,
): Promise<_Files> {
  const spec = integerEncoderSpec(encoder);
  if (to === "c") return { "econ_encoder.h": cHeader(spec) };
  if (to === "onnx") return { "encoder.onnx": onnxEncoder(spec) };
  if ("hidden" in decoder || architecture.conditions.length > 0) {
    throw new TypeError(
      `Cannot export an encoder: --to ${to} writes its decoder too, which must be the published one`,
    );
  }
  switch (to) {
    case "json":
      return { "autoencoder.json": encoderJson(spec, decoder) };
    case "cmssw": {
      const graphs = cmsswGraphs(spec, decoder);
      return { "encoder.pb": graphs.encoder, "decoder.pb": graphs.decoder };
    }
    case "keras": {
      const { kerasFiles } = await _withPackages<_KerasWriter>("models/export/keras.ts");
      const files = await kerasFiles({ encoder, decoder });
      return {
        "encoder.h5": files.encoder,
        "decoder.h5": files.decoder,
        "autoencoder.h5": files.autoencoder,
      };
    }
  }
}

/** Of src/models/export/keras.ts. */
interface _KerasWriter {
  kerasFiles(
    weights: EconAutoencoderWeights,
  ): Promise<Record<"encoder" | "decoder" | "autoencoder", Uint8Array>>;
}

/**
 * Imports a module that needs a package. The name is put together here because Deno downloads what a
 * literal one brings, also when it is never imported.
 */
async function _withPackages<M>(file: string): Promise<M> {
  return await import(new URL(`../src/${file}`, import.meta.url).href);
}

if (import.meta.main) await runCommand(COMMAND, exportEncoder);
