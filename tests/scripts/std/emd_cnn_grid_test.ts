import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  claimsAround,
  type GridJob,
  gridJobs,
  jobName,
  judgeClaim,
  PRINTED,
  productsOf,
} from "../../../scripts/std/emd_cnn_grid.ts";
import { gridTable } from "../../../scripts/std/emd_cnn_grid_table.ts";
import { secondsAPair } from "../../../scripts/std/emd_cnn_rate.ts";
import { type Quantity, quantity } from "../../../src/experiments/mod.ts";
import { useBackend } from "../../../src/tensor/mod.ts";

const BASE = PRINTED[3].job;

Deno.test("the list begins with Table B1 and holds every network of the search once", () => {
  const jobs = gridJobs(BASE), names = jobs.map(jobName);
  assertEquals(names.length, new Set(names).size);
  assertEquals(jobs.slice(0, 8), PRINTED.map(({ job }) => job));
  assertEquals(names[7], "4 conv of 128, 3 x 3; 1 dense of 256; mse");
  // 3 losses, 4 numbers of convolutions, 3 kernels, 4 of filters, 2 of dense layers, 4 widths.
  assertEquals(jobs.length, 3 * 4 * 3 * 4 * 2 * 4);
  const claimed = claimsAround(BASE).flatMap(({ first, others }) => [first, ...others]);
  assert(claimed.every((job) => names.includes(jobName(job))));
  // A base outside of the grid adds the jobs of its claims.
  const tiny = { ...BASE, filters: 8 };
  assertEquals(gridJobs(tiny).length, jobs.length + 7);
});

Deno.test("products are those of the loops over pixels, taps and channels", () => {
  const job = { convLayers: 2, kernelSize: 3, filters: 5, denseLayers: 2, denseUnits: 7 };
  let products = 0;
  for (const channels of [6, 5]) {
    for (let pixel = 0; pixel < 16; pixel++) {
      for (let tap = 0; tap < 9; tap++) {
        const row = Math.floor(pixel / 4) + Math.floor(tap / 3) - 1;
        const column = pixel % 4 + tap % 3 - 1;
        if (row >= 0 && row < 4 && column >= 0 && column < 4) products += 5 * channels;
      }
    }
  }
  assertEquals(productsOf(job), 2 * (products + 80 * 7 + 7 * 7 + 7));
  // The published network, as counted by hand: 196 pairs of pixel and tap.
  assertEquals(productsOf(BASE), 2 * (196 * 32 * (6 + 64) + 512 * 256 + 256));
});

/** Sigmas by the loss, the dense layers and the convolutions of a job, around 8 %. */
function sigmas(values: Readonly<Record<string, readonly number[]>>) {
  return (job: GridJob): Quantity | undefined => {
    const key = `${job.loss} ${job.denseLayers} ${job.convLayers}`;
    return values[key] && quantity("sigma", "%", values[key]);
  };
}

Deno.test("a claim holds, does not hold, or is undecided by the measured sigmas", () => {
  const judge = (values: Readonly<Record<string, readonly number[]>>) =>
    claimsAround(BASE).map((claim) => judgeClaim(claim, sigmas(values))?.verdict);
  assertEquals(
    judge({
      "mse 1 3": [8, 8.1, 7.9],
      "msle 1 3": [9, 9.1, 8.9],
      "huber 1 3": [8, 8.2, 7.9],
      "mse 2 3": [7.9, 8, 7.9],
      "mse 1 4": [6, 6.1, 6.2],
      "mse 1 1": [9, 9.1, 9.2],
      "mse 1 2": [5, 5.1, 5.2],
    }),
    ["holds", "undecided", "holds", "does not hold"],
  );
  assertEquals(
    judge({
      "mse 1 3": [8, 8.1, 7.9],
      "msle 1 3": [7, 7.1, 6.9],
      "mse 2 3": [6, 6.1, 5.9],
    }),
    ["does not hold", undefined, "does not hold", undefined],
  );
  const [, , enough] = claimsAround(BASE);
  const verdict = judgeClaim(enough, sigmas({ "mse 1 3": [8, 12, 10], "mse 2 3": [6, 12, 9] }));
  assertEquals(verdict?.verdict, "undecided");
  assert(verdict?.reason.includes("10.00 ± 2.00 % (3 seeds)"), verdict?.reason);
});

Deno.test("the tables name every job, run or not, with its hours", () => {
  const jobs = gridJobs(BASE);
  const { summary, all } = gridTable({
    jobs,
    claims: claimsAround(BASE),
    sigmaOf: (job) =>
      jobName(job) === jobName(BASE) ? quantity("sigma", "%", [7, 8, 9]) : undefined,
    hoursOf: (job) => productsOf(job) / 1e6,
    isWanted: (job) => job.filters === 32,
    heading: "1,000 pairs",
  });
  const row = (number: number) =>
    summary.split("\n").find((line) => line.startsWith(`| ${number} `));
  assertEquals(
    row(4),
    "| 4 | 3 conv of 32, 5 x 5; 1 dense of 256; mse | 7.8 % | 8.00 ± 1.00 % | 1.1 |",
  );
  assert(row(2)!.includes("| not run yet |") && row(1)!.includes("| not part of this run |"));
  assertEquals(summary.split("not judged").length - 1, 4);
  for (const job of jobs) assert(all.includes(`| ${jobName(job)} |`), jobName(job));
});

Deno.test("estimated times lie on a line over the products of a network", async () => {
  await useBackend({ backend: "wasm" });
  const seconds = await secondsAPair(8);
  const small = { ...BASE, kernelSize: 3, convLayers: 1, denseUnits: 32 };
  const large = { ...BASE, filters: 256 };
  const [[x0, y0], [x1, y1], [x2, y2]] = [small, BASE, large]
    .map((job) => [productsOf(job), seconds(job)]);
  assert(y0 > 0 && y1 >= y0 && y2 >= y1);
  assertAlmostEquals((y2 - y0) / (x2 - x0), (y1 - y0) / (x1 - x0), 1e-6 * y1 / x1);
});
