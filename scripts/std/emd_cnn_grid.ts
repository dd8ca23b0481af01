/**
 * The networks of the paper's search as a list, what they cost, and what the paper says of them.
 *
 * @module
 */
import type { Quantity } from "../../src/experiments/mod.ts";

/** A network of the search, and the loss it is trained with. */
export type GridJob = {
  readonly convLayers: number;
  readonly kernelSize: number;
  readonly filters: number;
  readonly denseLayers: number;
  readonly denseUnits: number;
  readonly loss: "mse" | "msle" | "huber";
};

/** A line of Table B1: a network with the paper's sigma. */
export interface PrintedConfiguration {
  /** Its number in the table. */
  readonly number: number;
  /** The network; all of the table have MSE. */
  readonly job: GridJob;
  /** Sigma of the relative difference. */
  readonly sigma: number;
}

/** The eight configurations of Table B1: filters, kernel, convolutions, units, sigma. */
export const PRINTED: readonly PrintedConfiguration[] = ([
  [64, 5, 4, 32, 0.067],
  [32, 5, 4, 32, 0.069],
  [128, 5, 3, 64, 0.071],
  [32, 5, 3, 256, 0.078],
  [128, 5, 4, 256, 0.078],
  [32, 5, 3, 128, 0.079],
  [128, 5, 4, 32, 0.083],
  [128, 3, 4, 256, 0.086],
] as const).map(([filters, kernelSize, convLayers, denseUnits, sigma], k) => ({
  number: k + 1,
  job: { convLayers, kernelSize, filters, denseLayers: 1, denseUnits, loss: "mse" },
  sigma,
}));

/** What is compared, by what the paper claims. */
export interface Claim {
  /** The claim. */
  readonly text: string;
  /** What must be the better, or no worse. */
  readonly first: GridJob;
  /** What it is compared with. */
  readonly others: readonly GridJob[];
  /** `better`: sigma is below all others'; `enough`: no other's is below by more than a twentieth. */
  readonly kind: "better" | "enough";
}

/**
 * The paper's claims on the search, around a network.
 *
 * @param base The network; its loss is MSE and it has one dense layer.
 * @returns The claims.
 */
export function claimsAround(base: GridJob): Claim[] {
  return [
    {
      text: "MSE is better than MSLE",
      first: base,
      others: [{ ...base, loss: "msle" }],
      kind: "better",
    },
    {
      text: "MSE is better than Huber",
      first: base,
      others: [{ ...base, loss: "huber" }],
      kind: "better",
    },
    {
      text: "one dense layer is enough",
      first: base,
      others: [{ ...base, denseLayers: 2 }],
      kind: "enough",
    },
    {
      text: "more convolutions help (4 against 1 and 2)",
      first: { ...base, convLayers: 4 },
      others: [1, 2].map((convLayers) => ({ ...base, convLayers })),
      kind: "better",
    },
  ];
}

/**
 * All jobs of the search, each once: first the eight that the paper prints, then those that its claims
 * around a network need, then all others of the grid. The widths of dense layers are those that the
 * table prints; the paper does not list what was searched.
 *
 * @param base The network of the claims.
 * @returns The jobs.
 */
export function gridJobs(base: GridJob): GridJob[] {
  const all: GridJob[] = [
    ...PRINTED.map(({ job }) => job),
    ...claimsAround(base).flatMap(({ first, others }) => [first, ...others]),
  ];
  for (const loss of ["mse", "msle", "huber"] as const) {
    for (const convLayers of [1, 2, 3, 4]) {
      for (const kernelSize of [1, 3, 5]) {
        for (const filters of [32, 64, 128, 256]) {
          for (const denseLayers of [1, 2]) {
            for (const denseUnits of [32, 64, 128, 256]) {
              all.push({ convLayers, kernelSize, filters, denseLayers, denseUnits, loss });
            }
          }
        }
      }
    }
  }
  return [...new Map(all.map((job) => [jobName(job), job])).values()];
}

/**
 * A job in a few words, unlike those of any other.
 *
 * @param job The job.
 * @returns For example `"3 conv of 32, 5 x 5; 1 dense of 256; mse"`.
 */
export function jobName(job: GridJob): string {
  const { convLayers, kernelSize: k, filters, denseLayers, denseUnits, loss } = job;
  return `${convLayers} conv of ${filters}, ${k} x ${k}; ${denseLayers} dense of ${denseUnits}; ${loss}`;
}

/**
 * Products that a network takes for a pair of wafers, in both orders, forward: those with padding left
 * out.
 *
 * @param job The network.
 * @returns Their number.
 */
export function productsOf(job: Omit<GridJob, "loss">): number {
  const { convLayers, kernelSize, filters, denseLayers, denseUnits } = job;
  let taps = 0;
  const reach = (kernelSize - 1) / 2;
  for (let pixel = 0; pixel < 4; pixel++) {
    taps += Math.min(3, pixel + reach) - Math.max(0, pixel - reach) + 1;
  }
  const convs = taps ** 2 * filters * (6 + (convLayers - 1) * filters);
  const dense = 16 * filters * denseUnits + (denseLayers - 1) * denseUnits ** 2 + denseUnits;
  return 2 * (convs + dense);
}

/** A claim with what was measured. */
export interface ClaimVerdict {
  /** The claim. */
  readonly text: string;
  /** `holds`, `does not hold`, or `undecided` where differences are within twice their errors. */
  readonly verdict: "holds" | "does not hold" | "undecided";
  /** The measured numbers behind it. */
  readonly reason: string;
}

/**
 * Judges a claim by sigmas over seeds. Two means differ where they do so by more than twice the
 * standard error of the difference, sqrt(s1^2 / n1 + s2^2 / n2).
 *
 * @param claim The claim.
 * @param sigmaOf The measured sigma of a job, in per cent, over at least two seeds; `undefined` where
 * it was not run.
 * @returns The verdict; `undefined` if a job was not run.
 */
export function judgeClaim(
  claim: Claim,
  sigmaOf: (job: GridJob) => Quantity | undefined,
): ClaimVerdict | undefined {
  const measured = [claim.first, ...claim.others].map((job) => ({ job, sigma: sigmaOf(job) }));
  if (!measured.every(_isMeasured)) return undefined;
  const [first, ...others] = measured.map(({ sigma }) => sigma);
  // How far each other is above the first, in standard errors.
  const above = others.map((other) => (other.mean - first.mean) / _error(first, other));
  const isEnough = others.every((other) => other.mean >= 0.95 * first.mean);
  const holds = claim.kind === "enough" ? isEnough : above.every((distance) => distance > 2);
  const fails = !holds && above.some((distance) => distance < -2);
  const words = measured.map(({ job, sigma }) => `${jobName(job)}: ${_percent(sigma)}`);
  return {
    text: claim.text,
    verdict: holds ? "holds" : fails ? "does not hold" : "undecided",
    reason: `sigma of ${words.join("; of ")}`,
  };
}

function _isMeasured(
  measured: { readonly job: GridJob; readonly sigma: Quantity | undefined },
): measured is { readonly job: GridJob; readonly sigma: Quantity } {
  return measured.sigma !== undefined;
}

/** Standard error of the difference of two means. */
function _error(one: Quantity, other: Quantity): number {
  const squared = ({ spread, values }: Quantity) => (spread ?? Infinity) ** 2 / values.length;
  return Math.sqrt(squared(one) + squared(other));
}

function _percent({ mean, spread, values }: Quantity): string {
  return `${mean.toFixed(2)} ± ${spread!.toFixed(2)} % (${values.length} seeds)`;
}
