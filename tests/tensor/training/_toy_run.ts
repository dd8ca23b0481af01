/**
 * Trains the toy network in a process of its own, which a test kills: `FOLDER`. Prints each step.
 *
 * @module
 */
import { useBackend } from "../../../src/tensor/backend.ts";
import { train } from "../../../src/tensor/training/train.ts";
import { toyJob } from "./_toy_job.ts";

await useBackend({ backend: "cpu" });
const options = { loss: "host", centred: true, steps: 1_000_000, delay: 1 } as const;
const job = toyJob({ ...options, folder: Deno.args[0] });
await train({ ...job, onProgress: ({ step }) => console.log(`step ${step}`) });
