/**
 * What an EMD CNN says when it is shown charges instead of fractions, by the sum of the output.
 *
 * @module
 */
import { selectWafers, type WaferTable } from "../../src/datasets/wafer_table.ts";
import { type Figure, PALETTE, type Series } from "../../src/experiments/mod.ts";
import { loadSurrogate } from "../../src/models/surrogates/load_surrogate.ts";
import { CELLS, normalise } from "../../src/wafer/mod.ts";
import { meanImage } from "./constant_image.ts";
import type { LossSurrogate } from "./loss_surrogates.ts";
import { asPublished } from "./stored_emd_cnn.ts";

/** Mean losses of an EMD CNN, one for each of {@linkcode OUTPUT_SUMS}. */
export interface SumLandscape {
  /** The EMD CNN. */
  readonly name: string;
  /** Of outputs that are the wafer itself but for their sum: the exact EMD is 0. */
  readonly itself: readonly number[];
  /** Of outputs that are the mean wafer, whatever went in. */
  readonly constant: readonly number[];
}

/** Sums of outputs; wafers have sums from 1 to 2, and an output as published begins at 24. */
export const OUTPUT_SUMS: readonly number[] = [0.25, 0.5, 1, 1.5, 2, 4, 8, 24];

/** So many wafers tell a mean. */
const MOST_WAFERS = 200;

/**
 * Shows wafers to an EMD CNN as the published code does when it trains autoencoders: charges divided by
 * a power of two, beside outputs of any sum.
 *
 * @param surrogate An EMD CNN.
 * @param wafers Wafers, none empty; the first 200 are taken.
 * @returns Its losses.
 * @throws {TypeError} If the surrogate is of another kind.
 */
export async function sumLandscape(
  { name, stored }: LossSurrogate,
  wafers: WaferTable,
): Promise<SumLandscape> {
  const count = Math.min(MOST_WAFERS, wafers.count);
  const { charges } = selectWafers(wafers, Uint32Array.from({ length: count }, (_, k) => k));
  const x = normalise(charges, "power_of_two"), itself = normalise(charges, "fraction");
  const image = meanImage(wafers), constant = itself.map((_, k) => image[k % CELLS]);
  const surrogate = await loadSurrogate(asPublished(stored));
  const losses = async (outputs: Float64Array) => {
    const found: number[] = [];
    for (const sum of OUTPUT_SUMS) {
      const values = await surrogate.value(x, outputs.map((fraction) => sum * fraction));
      found.push(values.reduce((a, b) => a + b) / count);
    }
    return found;
  };
  const landscape = { name, itself: await losses(itself), constant: await losses(constant) };
  surrogate.dispose();
  return landscape;
}

/**
 * Losses against the sum of the output: solid for the wafer itself, dashed for the constant image.
 *
 * @param landscapes At least one.
 * @returns The figure.
 */
export function landscapeFigure(landscapes: readonly SumLandscape[]): Figure {
  return {
    title: "What an EMD CNN says of charges, by the sum of the output",
    subtitle: "solid: the output is the wafer itself but for its sum; dashed: the mean wafer",
    caption:
      "Mean loss as the published code has it: charges with sums from 1 to 2 beside outputs " +
      "of any sum. Where the dashed line is the lower one, the loss asks for an output that says " +
      "nothing about the wafer.",
    x: { label: "sum of the output", unit: "", scale: "log" },
    y: { label: "loss", unit: "half pitch", scale: "linear" },
    series: landscapes.flatMap(({ name, itself, constant }, k): Series[] => {
      const color = PALETTE[k % PALETTE.length], x = OUTPUT_SUMS;
      return [
        { kind: "line", name, x, y: itself, color },
        { kind: "line", x, y: constant, color, dash: "dashed" },
      ];
    }),
  };
}

/**
 * The same as a table.
 *
 * @param landscapes At least one.
 * @returns The table in Markdown.
 */
export function landscapeTable(landscapes: readonly SumLandscape[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const heads = ["loss as published", "output", ...OUTPUT_SUMS.map((sum) => `sum ${sum}`)];
  const rows = landscapes.flatMap(({ name, itself, constant }) =>
    Object.entries({ "the wafer itself": itself, "the mean wafer": constant }).map((
      [output, losses],
    ) => line([name, output, ...losses.map((loss) => loss.toFixed(2))]))
  );
  return [line(heads), line(heads.map(() => "---")), ...rows, ""].join("\n");
}
