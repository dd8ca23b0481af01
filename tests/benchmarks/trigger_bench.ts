/**
 * Events a second that the trigger reconstructs on one core: wafers transmitted, clusters found and
 * matched, once for each way of sending them, and the autoencoder's parts apart. Times are those of the
 * processor, so that others who compute do not count.
 *
 *     deno run --no-prompt --allow-read tests/benchmarks/trigger_bench.ts
 *
 * @module
 */
import process from "node:process";
import { codecsAt } from "../../src/codecs/mod.ts";
import { simulate, type WaferTable } from "../../src/datasets/mod.ts";
import { loadEconAutoencoder } from "../../src/models/inference/mod.ts";
import {
  autoencoderCodec,
  bestChoiceCodec,
  runTrigger,
  shareCodec,
  superTriggerCellCodec,
  thresholdCodec,
  uncompressedCodec,
  type WaferCodec,
} from "../../src/trigger/mod.ts";
import { median, table } from "./_report.ts";

const EVENTS = 512, ROUNDS = 5;

/** Runs the benchmark and prints a table. */
export async function triggerBench(): Promise<void> {
  const tables = await Array.fromAsync(
    simulate({ seed: 1, events: EVENTS, pT: [5, 100], eta: [1.6, 2.9] }),
  );
  const wafers = tables.reduce((sum, { count }) => sum + count, 0);
  const network = await loadEconAutoencoder();
  const codecs: WaferCodec[] = [
    uncompressedCodec(),
    thresholdCodec(),
    bestChoiceCodec(),
    superTriggerCellCodec(),
    ...codecsAt(144).map(({ name, reconstruct, bits }) =>
      shareCodec(reconstruct, { name: `${name}, ${bits} bits`, shareBits: bits })
    ),
    autoencoderCodec(network, { name: "autoencoder" }),
  ];
  const rows: string[][] = [];
  for (const codec of codecs) {
    const seconds: number[] = [];
    await runTrigger(tables.slice(0, 2), [codec]); // warms up
    for (let round = 0; round < ROUNDS; round++) {
      seconds.push(await _processorSeconds(tables, codec));
    }
    const events = EVENTS / median(seconds);
    rows.push([codec.name, events.toFixed(0), (1000 / events).toFixed(2)]);
  }
  const mean = (wafers / EVENTS).toFixed(1);
  console.log(`\nTrigger, ${EVENTS} events of ${mean} wafers at 200 pile-up, ${ROUNDS} rounds`);
  table([["codec", "events/s", "ms/event"], ...rows]);
  console.log(`  memory: ${Math.round(Deno.memoryUsage().rss / 1e6)} MB`);
}

async function _processorSeconds(
  tables: readonly WaferTable[],
  codec: WaferCodec,
): Promise<number> {
  const before = process.cpuUsage();
  const [{ count }] = await runTrigger(tables, [codec]);
  const { user, system } = process.cpuUsage(before);
  if (count !== EVENTS) throw new Error(`${EVENTS} events gave ${count}`);
  return (user + system) / 1e6;
}

if (import.meta.main) await triggerBench();
