/**
 * All benchmarks: `deno task bench [--wafers FILE.csv] [--peer PYTHON]`.
 *
 * The peer is POT in a Python of your choice, Debian's by default; without one our own times are
 * shown alone.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { autoencoderTrainingBench } from "./autoencoder_training_bench.ts";
import { approximationsBench } from "./approximations_bench.ts";
import { closedFormBench } from "./closed_form_bench.ts";
import { generalBench } from "./general_bench.ts";
import { integerEncoderBench } from "./integer_encoder_bench.ts";
import { lipschitzBench } from "./lipschitz_bench.ts";
import { parallelTrainingBench } from "./parallel_training_bench.ts";
import { simulationBench } from "./simulation_bench.ts";
import { spectralBench } from "./spectral_bench.ts";
import { trainingBench } from "./training_bench.ts";
import { triggerBench } from "./trigger_bench.ts";
import { waferBench } from "./wafer_bench.ts";
import { workersBench } from "./workers_bench.ts";

const { peer, wafers } = parseArgs(Deno.args, { string: ["peer", "wafers"] });
await waferBench({ ...(peer ? { peer } : {}), ...(wafers ? { wafers } : {}) });
await workersBench();
await generalBench(peer);
await approximationsBench(peer);
await simulationBench();
await integerEncoderBench();
await trainingBench(peer ? { peer } : {});
await parallelTrainingBench();
await autoencoderTrainingBench(peer ? { peer } : {});
await closedFormBench();
await spectralBench(peer);
await lipschitzBench();
await triggerBench();
