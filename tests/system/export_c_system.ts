/** The C header, compiled. Needs a C compiler (Debian: apt-get install gcc). */
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { readWafers } from "../../src/datasets/files_deno.ts";
import { concatenateWafers } from "../../src/datasets/wafer_table.ts";
import { cHeader } from "../../src/models/export/c_header.ts";
import { integerEncoderSpec } from "../../src/models/integer/integer_encoder_spec.ts";
import {
  econAutoencoderWeights,
  loadEconAutoencoder,
  PUBLISHED_FORMATS,
} from "../../src/models/inference/mod.ts";
import type { IntegerEncoderSpec } from "../../src/models/types.ts";
import { permission, referenceData, testNeeding } from "../_support/skips.ts";
import { readReferenceWeights } from "../models/_published.ts";
import { randomEconWeights } from "../models/_random_weights.ts";
import {
  codesOf,
  codesOfNothing,
  FORMATS,
  realWafers,
  someWafers,
} from "../models/export/_wafers.ts";
import { assertSameNumbers } from "../models/export/_same_numbers.ts";

const NEEDS = [permission({ name: "run", command: "cc" }) ?? await _hasCompiler()];

/** Reads charges from standard input and writes latents, both as the machine keeps them. */
const PROGRAM = `#include <stdio.h>
#include "econ_encoder.h"
int main(void)
{
    int32_t charges[ECON_CELLS];
    uint16_t latents[ECON_LATENTS];
    while (fread(charges, sizeof charges, 1, stdin) == 1) {
        econ_encode(charges, latents);
        if (fwrite(latents, sizeof latents, 1, stdout) != 1) return 1;
    }
    return 0;
}
`;

for (const [name, formats] of Object.entries(FORMATS)) {
  testNeeding(NEEDS, `compiled C encodes as the integer encoder does: ${name}`, async () => {
    const spec = integerEncoderSpec(randomEconWeights(1, formats).encoder);
    const charges = someWafers(2000);
    const codes = await _encode(spec, charges);
    assertSameNumbers(codes, codesOf(spec, charges), 16);
    assert(new Set(codes).size > 2 ** Math.min(formats.latent.bits, 7) / 2, "latents differ");
    assertEquals(await _encode(spec, new Int32Array(48)), codesOfNothing(spec));
  });
}

testNeeding(
  [
    ...NEEDS,
    referenceData("wafers/dense.csv"),
    referenceData("peer_networks/autoencoder_5bit.f32"),
  ],
  "compiled C encodes all real wafers as the integer encoder does, with the published weights",
  async () => {
    const weights = econAutoencoderWeights(
      readReferenceWeights("autoencoder_5bit"),
      PUBLISHED_FORMATS,
    );
    const spec = integerEncoderSpec(weights.encoder), charges = await realWafers();
    assertEquals(charges.length, 4235 * 48);
    assertSameNumbers(await _encode(spec, charges), codesOf(spec, charges), 16);
  },
);

testNeeding(
  [...NEEDS, permission({ name: "read", path: new URL("../../data/sample.csv", import.meta.url) })],
  "compiled C encodes all wafers of the sample as the shipped network does in floats",
  async () => {
    const { encoder, encode } = await loadEconAutoencoder();
    const tables = await Array.fromAsync(
      readWafers(new URL("../../data/sample.csv", import.meta.url)),
    );
    const { charges } = concatenateWafers(tables);
    assertEquals(charges.length, 2000 * 48);
    const spec = integerEncoderSpec(encoder);
    const codes = await _encode(spec, Int32Array.from(charges));
    const emulated = Int32Array.from(encode(charges), (x) => x * 2 ** spec.latentFractionBits);
    assertSameNumbers(codes, emulated, 16);
    assertSameNumbers(codes, codesOf(spec, Int32Array.from(charges)), 16);
  },
);

testNeeding(NEEDS, "the header is C++ as well", async () => {
  const spec = integerEncoderSpec(randomEconWeights(1, FORMATS["formats of our own"]).encoder);
  const charges = someWafers(10);
  const codes = await _encode(spec, charges, ["-x", "c++", "-std=c++11"]);
  assertSameNumbers(codes, codesOf(spec, charges), 16);
});

async function _hasCompiler(): Promise<string | undefined> {
  try {
    return (await new Deno.Command("cc", { args: ["--version"] }).output()).success
      ? undefined
      : "no C compiler";
  } catch {
    return "no C compiler";
  }
}

/** Latents by the compiled header. Undefined behaviour ends the program with an error. */
async function _encode(
  spec: IntegerEncoderSpec,
  charges: Int32Array,
  language: readonly string[] = ["-std=c99"],
): Promise<Int32Array> {
  const folder = await Deno.makeTempDir({
    dir: fileURLToPath(new URL(".", import.meta.url)),
    prefix: "_c_",
  });
  try {
    await Deno.writeTextFile(`${folder}/econ_encoder.h`, cHeader(spec));
    await Deno.writeTextFile(`${folder}/main.c`, PROGRAM);
    const strict = ["-Wall", "-Wextra", "-Wconversion", "-Werror", "-pedantic"];
    const checks = ["-fsanitize=undefined", "-fno-sanitize-recover=all"];
    const compiler = await new Deno.Command("cc", {
      args: [...language, "-O2", ...strict, ...checks, "main.c", "-o", "encode"],
      cwd: folder,
    }).output();
    assert(compiler.success, new TextDecoder().decode(compiler.stderr));
    const child = new Deno.Command(`${folder}/encode`, {
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const [{ success, stdout, stderr }] = await Promise.all([
      child.output(),
      new Blob([new Uint8Array(Int32Array.from(charges).buffer)]).stream().pipeTo(child.stdin),
    ]);
    assert(success, new TextDecoder().decode(stderr));
    return Int32Array.from(new Uint16Array(stdout.slice().buffer));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
