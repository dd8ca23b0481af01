/**
 * The ONNX model in ONNX Runtime, and before the checker of the ONNX project (Debian: apt-get install
 * python3-onnx).
 *
 * ONNX Runtime is 288 MB, so it runs in a process of its own that keeps it out of the lock file:
 * else every test run would download it.
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { onnxEncoder } from "../../src/models/export/onnx.ts";
import { econAutoencoderWeights, PUBLISHED_FORMATS } from "../../src/models/inference/mod.ts";
import { integerEncoderSpec } from "../../src/models/integer/integer_encoder_spec.ts";
import type { IntegerEncoderSpec } from "../../src/models/types.ts";
import { permission, referenceData, testNeeding } from "../_support/skips.ts";
import {
  codesOf,
  codesOfNothing,
  FORMATS,
  realWafers,
  someWafers,
} from "../models/export/_wafers.ts";
import { assertSameNumbers } from "../models/export/_same_numbers.ts";
import { readReferenceWeights } from "../models/_published.ts";
import { randomEconWeights } from "../models/_random_weights.ts";

const PACKAGE = "npm:onnxruntime-node@1.30.0";
const PYTHON = "/usr/bin/python3";

/** Runs the model on the charges and writes what it returns; with no model, only loads the package. */
const PROGRAM = `
import * as ort from "${PACKAGE}";
const [folder, run] = Deno.args;
if (run) {
  const session = await ort.InferenceSession.create(Deno.readFileSync(folder + "/encoder.onnx"));
  const charges = new Int32Array(Deno.readFileSync(folder + "/charges").buffer);
  const { codes, latents } = await session.run({
    charges: new ort.Tensor("int32", charges, [charges.length / 48, 48]),
  });
  if (codes.type !== "int32" || latents.type !== "float32") throw new TypeError("other types");
  Deno.writeFileSync(folder + "/codes", new Uint8Array(codes.data.buffer));
  Deno.writeFileSync(folder + "/latents", new Uint8Array(latents.data.buffer));
}
`;

const denied = permission({ name: "run", command: "deno" });
const RUNTIME = denied ?? await _inFolder(async (folder) => {
  const { success } = await _run(folder);
  return success ? undefined : "onnxruntime-node does not load";
});
const CHECKER = permission({ name: "run", command: PYTHON }) ?? await _hasChecker();

for (const [name, formats] of Object.entries(FORMATS)) {
  testNeeding([RUNTIME], `ONNX Runtime encodes as the integer encoder does: ${name}`, async () => {
    const spec = integerEncoderSpec(randomEconWeights(2, formats).encoder);
    const charges = someWafers(2000);
    const { codes, latents } = await _encode(spec, charges);
    assertSameNumbers(codes, codesOf(spec, charges), 16);
    const values = Float32Array.from(codes, (code) => code / 2 ** spec.latentFractionBits);
    assertSameNumbers(latents, values, 16);
    assert(new Set(codes).size > 2 ** Math.min(formats.latent.bits, 7) / 2, "latents differ");
    assertEquals((await _encode(spec, new Int32Array(48))).codes, codesOfNothing(spec));
  });
}

testNeeding(
  [RUNTIME, referenceData("wafers/dense.csv"), referenceData("peer_networks/autoencoder_5bit.f32")],
  "ONNX Runtime encodes all real wafers as the integer encoder does, with the published weights",
  async () => {
    const weights = econAutoencoderWeights(
      readReferenceWeights("autoencoder_5bit"),
      PUBLISHED_FORMATS,
    );
    const spec = integerEncoderSpec(weights.encoder), charges = await realWafers();
    assertEquals(charges.length, 4235 * 48);
    assertSameNumbers((await _encode(spec, charges)).codes, codesOf(spec, charges), 16);
  },
);

testNeeding(
  [CHECKER],
  "the ONNX project's checker and shape inference take the model",
  async () => {
    const spec = integerEncoderSpec(randomEconWeights(2, PUBLISHED_FORMATS).encoder);
    const shapes = await _python(
      `
import sys, json, onnx
model = onnx.load_from_string(sys.stdin.buffer.read())
onnx.checker.check_model(model, full_check=True)
inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
print(json.dumps({v.name: [d.dim_value or d.dim_param for d in v.type.tensor_type.shape.dim]
    for v in [*inferred.graph.value_info, *inferred.graph.output]}))
`,
      onnxEncoder(spec),
    );
    const { codes, latents, cells, image, conv, dense } = JSON.parse(shapes);
    assertEquals([codes, latents, cells], [["N", 16], ["N", 16], ["N", 48]]);
    // The checker makes up names for numbers of rows behind a Reshape.
    assertEquals([image, conv, dense].map(([_, ...sizes]) => sizes), [[1, 8, 8], [8, 4, 4], [16]]);
  },
);

async function _encode(
  spec: IntegerEncoderSpec,
  charges: Int32Array,
): Promise<{ codes: Int32Array; latents: Float32Array }> {
  return await _inFolder(async (folder) => {
    await Deno.writeFile(`${folder}/encoder.onnx`, onnxEncoder(spec));
    await Deno.writeFile(`${folder}/charges`, new Uint8Array(Int32Array.from(charges).buffer));
    const { success, stderr } = await _run(folder, "run");
    assert(success, new TextDecoder().decode(stderr));
    return {
      codes: new Int32Array((await Deno.readFile(`${folder}/codes`)).buffer),
      latents: new Float32Array((await Deno.readFile(`${folder}/latents`)).buffer),
    };
  });
}

async function _run(folder: string, ...args: string[]): Promise<Deno.CommandOutput> {
  await Deno.writeTextFile(`${folder}/program.ts`, PROGRAM);
  const permissions = ["--allow-read", `--allow-write=${folder}`, "--allow-env"]
    .concat("--allow-ffi", "--allow-sys", "--no-prompt");
  return await new Deno.Command("deno", {
    args: ["run", "--no-lock", "--no-config", "--node-modules-dir=none", ...permissions]
      .concat(`${folder}/program.ts`, folder, ...args),
  }).output();
}

async function _inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({
    dir: fileURLToPath(new URL(".", import.meta.url)),
    prefix: "_onnx_",
  });
  try {
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function _hasChecker(): Promise<string | undefined> {
  try {
    await _python("import onnx");
    return undefined;
  } catch {
    return "python3-onnx absent";
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
