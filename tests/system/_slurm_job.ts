/**
 * A job that counts in steps and keeps a checkpoint after each; the first run of the number that is
 * told to die kills itself half-way, as a node that is lost would.
 *
 *     deno run _slurm_job.ts RESULTS NUMBER DIES
 *
 * @module
 */
import { defineExperiment, fileStore, runExperiment } from "../../src/experiments/mod.ts";

const [results, number, dies] = Deno.args;
const STEPS = 10;

const counting = defineExperiment<{ number: string }>({
  name: "counting",
  title: "Counting",
  async run({ config, checkpoint, addQuantity }) {
    const kept = await checkpoint.read("count");
    const from = kept?.[0] ?? 0;
    console.error(`counting from ${from}`);
    for (let step = from; step < STEPS; step++) {
      await checkpoint.write("count", Uint8Array.of(step + 1));
      if (kept === undefined && config.number === dies && step === STEPS / 2) {
        Deno.kill(Deno.pid, "SIGKILL");
      }
    }
    addQuantity("number", "", [Number(config.number)]);
    addQuantity("counted from", "", [from]);
  },
});

const { folder } = await runExperiment(counting, {
  config: { number },
  seeds: [],
  dataChecksum: "",
  backend: "typescript",
  version: "test",
  store: fileStore(results),
});
console.log(folder);
