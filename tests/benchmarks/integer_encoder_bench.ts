/**
 * The integer encoder on one core, beside the float emulation that it equals bit for bit.
 *
 *     deno run --no-prompt --allow-read tests/benchmarks/integer_encoder_bench.ts [--wafers FILE.csv] [--network NAME]
 *
 * NAME is a raw-float network without its ending, for example
 * `../shared/data/peer_networks/autoencoder_5bit`; without it weights are random, which leaves many
 * more hidden numbers than the published weights do. Charges are integers in a Float64Array.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { readWafers, toyWafers } from "../../src/datasets/mod.ts";
import {
  econAutoencoderInference,
  type EconAutoencoderWeights,
  econAutoencoderWeights,
  integerEncoder,
  PUBLISHED_FORMATS,
  readRawWeights,
} from "../../src/models/inference/mod.ts";
import { CELLS } from "../../src/wafer/mod.ts";
import { randomEconWeights } from "../models/_random_weights.ts";
import { median, table } from "./_report.ts";

const WAFERS = 100_000, EMULATED = 5000, ROUNDS = 9;

/** Runs the benchmark and prints a table. */
export async function integerEncoderBench(
  options: { wafers?: string; network?: string } = {},
): Promise<void> {
  const { wafers = "data/sample.csv", network } = options;
  const weights = network === undefined
    ? randomEconWeights(1, PUBLISHED_FORMATS)
    : await _published(network);
  const inputs = {
    [wafers]: await _wafersOf(wafers),
    "toy showers": toyWafers("shower", WAFERS, 1).charges as Float64Array,
    "toy, all cells": toyWafers("dense", WAFERS, 1).charges.map((x) => Math.ceil(999 * x)),
  };
  const rows = [["wafers", "cells with charge", "integers", "first batch", "emulation", "ratio"]];
  for (const [name, charges] of Object.entries(inputs)) {
    rows.push([name, ..._measure(weights, charges as Float64Array)]);
  }
  console.log(
    `\nEncoding, one core, thousand wafers per second, ${WAFERS} wafers, ${ROUNDS} rounds, ` +
      (network ?? "random weights"),
  );
  table(rows);
}

function _measure(weights: EconAutoencoderWeights, charges: Float64Array): string[] {
  const encoder = integerEncoder(weights), emulation = econAutoencoderInference(weights);
  const some = charges.subarray(0, EMULATED * CELLS);
  const first = _time(() => encoder.encode(charges));
  const integers: number[] = [], floats: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    integers.push(_time(() => encoder.encode(charges)));
    floats.push(_time(() => emulation.encode(some)));
  }
  const codes = encoder.encode(some), latents = emulation.encode(some);
  if (encoder.values(codes).some((value, k) => value !== latents[k])) {
    throw new Error("Integers and emulation give different latents");
  }
  const fast = WAFERS / median(integers), slow = EMULATED / median(floats);
  return [
    (charges.filter((x) => x > 0).length / WAFERS).toFixed(1),
    fast.toFixed(0),
    (WAFERS / first).toFixed(0),
    slow.toFixed(0),
    (fast / slow).toFixed(1),
  ];
}

/** Milliseconds of one call. */
function _time(run: () => unknown): number {
  const begin = performance.now();
  run();
  return performance.now() - begin;
}

async function _published(name: string): Promise<EconAutoencoderWeights> {
  const manifest = JSON.parse(await Deno.readTextFile(`${name}.json`));
  const named = readRawWeights(manifest, await Deno.readFile(`${name}.f32`));
  return econAutoencoderWeights(named, PUBLISHED_FORMATS);
}

/** The wafers of a file that have charge, over and over. */
async function _wafersOf(path: string): Promise<Float64Array> {
  const rows: Float64Array[] = [];
  for await (const { charges } of readWafers(path)) {
    for (let k = 0; k < charges.length; k += CELLS) {
      const row = Float64Array.from(charges.subarray(k, k + CELLS));
      if (row.some((x) => x > 0)) rows.push(row);
    }
  }
  const out = new Float64Array(WAFERS * CELLS);
  for (let wafer = 0; wafer < WAFERS; wafer++) out.set(rows[wafer % rows.length], wafer * CELLS);
  return out;
}

if (import.meta.main) {
  const { wafers, network } = parseArgs(Deno.args, { string: ["wafers", "network"] });
  await integerEncoderBench({ ...(wafers ? { wafers } : {}), ...(network ? { network } : {}) });
}
