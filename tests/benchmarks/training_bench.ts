/**
 * Training and inference of the two networks on each backend, as ratios to PyTorch with one thread on
 * the same machine, rounds interleaved:
 *
 *     deno run --no-prompt --allow-read --allow-ffi --allow-run --allow-env=OPENBLAS_CORETYPE \
 *       tests/benchmarks/training_bench.ts [--seconds 3] [--rounds 3] [--backends wasm,blas]
 *
 * PyTorch comes from Debian (`python3-torch`); without it our own rates are shown alone. Its BLAS is
 * told to use the kernels of OPENBLAS_CORETYPE where that is set, else those it picks itself.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { telescopeMse } from "../../src/losses/mod.ts";
import { buildEconAutoencoder, buildEmdCnn } from "../../src/models/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import {
  Adam,
  type BackendName,
  lossGradient,
  type Model,
  regressionLoss,
  type TensorLoss,
  tf,
  useBackend,
} from "../../src/tensor/mod.ts";
import { DEFAULT_PEER } from "./_peer.ts";
import { median, table } from "./_report.ts";

const BATCH = 256;

/** Options of {@linkcode trainingBench}. */
export interface TrainingBenchOptions {
  /** Python with PyTorch. */
  readonly peer?: string;
  /** Seconds a measurement. */
  readonly seconds?: number;
  /** Interleaved rounds, of which the medians are shown. */
  readonly rounds?: number;
  /** Backends to measure. */
  readonly backends?: readonly BackendName[];
}

const TASKS = [
  "emd_cnn_training",
  "emd_cnn_inference",
  "autoencoder_training",
  "autoencoder_inference",
] as const;

type Rates = Record<typeof TASKS[number], number>;

/** Runs the benchmark and prints a table. */
export async function trainingBench(options: TrainingBenchOptions = {}): Promise<void> {
  const { peer = DEFAULT_PEER, seconds = 3, rounds = 3, backends = ["wasm", "blas"] } = options;
  const ours = new Map<string, Rates[]>(), theirs: Rates[] = [];
  for (let round = 0; round < rounds; round++) {
    const torch = await _torchRates(peer, seconds);
    if (typeof torch === "string") {
      if (round === 0) console.log(`  PyTorch is not compared with: ${torch}`);
    } else theirs.push(torch);
    for (const backend of backends) {
      const { name, description } = await useBackend({ backend });
      if (name !== backend) {
        if (round === 0) console.log(`  backend ${backend} is not here`);
        continue;
      }
      const rates = await _rates(seconds);
      ours.set(description, [...ours.get(description) ?? [], rates]);
    }
  }
  console.log(`\nTwo networks, batches of ${BATCH}, one thread, medians of ${rounds} rounds`);
  const middle = (rates: readonly Rates[], task: keyof Rates) => median(rates.map((r) => r[task]));
  table([
    ["samples a second", ...TASKS.map((task) => task.replace("_", " ").replace("_", ", "))],
    ...[...ours].map(([description, rates]) => [
      description.split(" (")[0],
      ...TASKS.map((task) => {
        const rate = middle(rates, task);
        const ratio = theirs.length === 0
          ? ""
          : ` (${(rate / middle(theirs, task)).toFixed(2)} of PyTorch's)`;
        return Math.round(rate).toLocaleString("en") + ratio;
      }),
    ]),
    ...(theirs.length === 0 ? [] : [[
      "PyTorch, one thread",
      ...TASKS.map((task) => Math.round(middle(theirs, task)).toLocaleString("en")),
    ]]),
  ]);
}

async function _rates(seconds: number): Promise<Rates> {
  const random = new RandomStream(0, "bench");
  const rows = (width: number, scale: number) =>
    Float32Array.from({ length: BATCH * width }, () => scale * random.uniform());
  const emdCnn = buildEmdCnn(), autoencoder = buildEconAutoencoder({ outputBias: -3.4 });
  const pairs = rows(96, 1 / 24), wafers = rows(48, 1 / 16);
  const rates = {
    emd_cnn_training: await _trainingRate(
      emdCnn,
      regressionLoss("mse"),
      pairs,
      rows(1, 5),
      seconds,
    ),
    emd_cnn_inference: await _inferenceRate(emdCnn, pairs, seconds),
    autoencoder_training: await _trainingRate(autoencoder, telescopeMse(), wafers, wafers, seconds),
    autoencoder_inference: await _inferenceRate(autoencoder, wafers, seconds),
  };
  emdCnn.dispose();
  autoencoder.dispose();
  return rates;
}

async function _trainingRate(
  model: Model,
  loss: TensorLoss,
  inputs: Float32Array,
  targets: Float32Array,
  seconds: number,
): Promise<number> {
  using adam = new Adam(model.parameters);
  return await _rate(seconds, async () => {
    const input = tf.tensor2d(inputs, [BATCH, inputs.length / BATCH]);
    const { gradients } = await lossGradient(model, loss, input, targets);
    adam.step(gradients, 1e-3);
    tf.dispose([input, ...gradients]);
  });
}

async function _inferenceRate(
  model: Model,
  inputs: Float32Array,
  seconds: number,
): Promise<number> {
  return await _rate(seconds, async () => {
    const input = tf.tensor2d(inputs, [BATCH, inputs.length / BATCH]);
    const output = model.apply(input, false);
    await output.data();
    tf.dispose([input, output]);
  });
}

/** Samples a second: the median over steps of some seconds, after a few to warm up. */
async function _rate(seconds: number, step: () => Promise<void>): Promise<number> {
  for (let i = 0; i < 10; i++) await step();
  const times: number[] = [], end = performance.now() + 1000 * seconds;
  while (performance.now() < end || times.length < 5) {
    const begin = performance.now();
    await step();
    times.push(performance.now() - begin);
  }
  return 1000 * BATCH / median(times);
}

async function _torchRates(peer: string, seconds: number): Promise<Rates | string> {
  const script = new URL("./torch_peer.py", import.meta.url).pathname;
  try {
    const { success, stdout, stderr } = await new Deno.Command(peer, {
      args: [script, "1", String(BATCH), String(seconds)],
    }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
    if (!success) return decode(stderr).split("\n").at(-1)!;
    const rates: Record<string, number> = JSON.parse(decode(stdout));
    // PyTorch gets the layout of images that suits it best.
    const best = (task: string) => Math.max(rates[task], rates[`${task}_channels_last`] ?? 0);
    return Object.fromEntries(TASKS.map((task) => [task, best(task)])) as Rates;
  } catch (error) {
    return (error as Error).message;
  }
}

if (import.meta.main) {
  const { seconds, rounds, backends, peer } = parseArgs(Deno.args, {
    string: ["seconds", "rounds", "backends", "peer"],
  });
  await trainingBench({
    ...(peer ? { peer } : {}),
    ...(seconds ? { seconds: Number(seconds) } : {}),
    ...(rounds ? { rounds: Number(rounds) } : {}),
    ...(backends ? { backends: backends.split(",") as BackendName[] } : {}),
  });
}
