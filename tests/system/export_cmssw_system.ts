/**
 * The graphs for CMSSW in OpenCV, which reads TensorFlow's graphs (Debian: apt-get install
 * python3-opencv).
 *
 * OpenCV 4.6 loses the order of axes behind a Reshape from a vector to an image, so it runs the
 * decoder in two pieces, and numpy reshapes between them.
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { cmsswGraphs } from "../../src/models/export/cmssw.ts";
import {
  econAutoencoderInference,
  econAutoencoderWeights,
  PUBLISHED_FORMATS,
} from "../../src/models/inference/mod.ts";
import { integerEncoderSpec } from "../../src/models/integer/integer_encoder_spec.ts";
import type { EconAutoencoderWeights } from "../../src/models/types.ts";
import { fromEncodingA, normalise, toEncodingA } from "../../src/wafer/mod.ts";
import { permission, referenceData, testNeeding } from "../_support/skips.ts";
import { protobufType, readProtobuf, TENSORFLOW } from "../models/export/_protobuf_reader.ts";
import { assertSameNumbers } from "../models/export/_same_numbers.ts";
import { codesOf, realWafers, someWafers } from "../models/export/_wafers.ts";
import { readReferenceWeights } from "../models/_published.ts";
import { randomEconWeights } from "../models/_random_weights.ts";

const PYTHON = "/usr/bin/python3";
const NEEDS = [permission({ name: "run", command: PYTHON }) ?? await _hasOpenCv()];

const PROGRAM = `
import sys, cv2, numpy
folder = sys.argv[1]
load = lambda name: cv2.dnn.readNetFromTensorflow(folder + "/" + name)
def run(net, x):
    net.setInput(numpy.ascontiguousarray(x))
    return net.forward().copy()
images = numpy.fromfile(folder + "/images", "<f4").reshape(-1, 1, 8, 8)
latents = run(load("encoder.pb"), images)
latents.astype("<f4").tofile(folder + "/latents")
head, tail = load("decoder_head.pb"), load("decoder_tail.pb")
decoded = [run(tail, run(head, x[None]).reshape(1, 4, 4, 8).transpose(0, 3, 1, 2)) for x in latents]
numpy.concatenate(decoded).astype("<f4").tofile(folder + "/decoded")
`;

testNeeding(NEEDS, "OpenCV encodes and decodes as we do, with random weights", async () => {
  await _compare(randomEconWeights(5, PUBLISHED_FORMATS), someWafers(300));
});

testNeeding(
  [
    ...NEEDS,
    referenceData("wafers/dense.csv"),
    referenceData("peer_networks/autoencoder_5bit.f32"),
  ],
  "OpenCV encodes and decodes all real wafers as we do, with the published weights",
  async () => {
    const charges = await realWafers();
    assertEquals(charges.length, 4235 * 48);
    const named = readReferenceWeights("autoencoder_5bit");
    await _compare(econAutoencoderWeights(named, PUBLISHED_FORMATS), charges);
  },
);

/** Latents must be equal, decoded wafers to the rounding of float32. */
async function _compare(weights: EconAutoencoderWeights, charges: Int32Array): Promise<void> {
  const spec = integerEncoderSpec(weights.encoder), step = 2 ** -spec.latentFractionBits;
  const { latents, decoded } = await _openCv(weights, charges);
  const expected = Float32Array.from(codesOf(spec, charges), (code) => code * step);
  assertSameNumbers(latents.map((x) => x + 0), expected, 16); // -0 + 0 is 0
  const ours = await econAutoencoderInference(weights).decode(expected);
  assertEquals(decoded.length, ours.length);
  const worst = ours.reduce((most, x, k) => Math.max(most, Math.abs(x - decoded[k])), 0);
  assert(worst < 1e-6, `decoded wafers differ by ${worst}`);
}

async function _openCv(
  weights: EconAutoencoderWeights,
  charges: Int32Array,
): Promise<{ latents: Float32Array; decoded: Float32Array }> {
  const folder = await Deno.makeTempDir({
    dir: fileURLToPath(new URL(".", import.meta.url)),
    prefix: "_cmssw_",
  });
  try {
    const images = Float32Array.from(toEncodingA(normalise(charges, "power_of_two")));
    const graphs = cmsswGraphs(integerEncoderSpec(weights.encoder), weights.decoder);
    const [head, tail] = _splitAtReshape(graphs.decoder);
    await Deno.writeFile(`${folder}/images`, new Uint8Array(images.buffer));
    await Deno.writeFile(`${folder}/encoder.pb`, graphs.encoder);
    await Deno.writeFile(`${folder}/decoder_head.pb`, head);
    await Deno.writeFile(`${folder}/decoder_tail.pb`, tail);
    await _python(PROGRAM, folder);
    const read = async (name: string) =>
      new Float32Array((await Deno.readFile(`${folder}/${name}`)).buffer);
    return { latents: await read("latents"), decoded: fromEncodingA(await read("decoded")) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The decoder as two graphs, the second of which takes what Reshape would give. */
function _splitAtReshape(graph: Uint8Array): [Uint8Array, Uint8Array] {
  const type = protobufType(TENSORFLOW, "GraphDef");
  const { node } = readProtobuf(TENSORFLOW, "GraphDef", graph);
  const place = node.findIndex(({ op }: { op: string }) => op === "Reshape");
  const image = {
    name: node[place].name,
    op: "Placeholder",
    attr: [
      { key: "dtype", value: { type: 1 } },
      { key: "shape", value: { shape: { dim: [1, 4, 4, 8].map((size) => ({ size })) } } },
    ],
  };
  // The shape for Reshape stands right before it.
  return [node.slice(0, place - 1), [image, ...node.slice(place + 1)]]
    .map((node) => type.encode(type.fromObject({ node })).finish()) as [Uint8Array, Uint8Array];
}

async function _hasOpenCv(): Promise<string | undefined> {
  try {
    await _python("import cv2");
    return undefined;
  } catch {
    return "python3-opencv absent";
  }
}

async function _python(program: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(PYTHON, { args: ["-c", program, ...args] })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
