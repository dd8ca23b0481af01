import { linearTicks, logTicks, type Tick } from "./axis_ticks.ts";
import { viridis } from "./color_map.ts";

/** Maps numbers to colours, for drawings with a colour bar. */
export interface ColorScale {
  /** How far along the scale a number lies: 0 at the dark end or below, 1 at the bright one. */
  share(value: number): number;
  /** The colour at a share of the scale, `#rrggbb`. */
  colorAt(share: number): string;
  /** The colour of a number, `#rrggbb`; numbers beyond an end have the colour of that end. */
  color(value: number): string;
  /** Ticks for the colour bar. */
  readonly ticks: readonly Tick[];
}

/**
 * A viridis colour scale between two numbers.
 *
 * @param domain Numbers of the darkest and the brightest colour; positive on a logarithmic scale.
 * @param kind How numbers are spread over the colours.
 * @returns The scale.
 * @throws {RangeError} If the domain is not finite and increasing, or not positive on a logarithmic
 * scale.
 *
 * @example
 * ```ts
 * import { colorScale } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const scale = colorScale([0, 0.3], "linear");
 * assertEquals([scale.share(0.15), scale.color(0.3)], [0.5, "#fde725"]);
 * assertEquals(scale.ticks.map((tick) => tick.label), ["0.0", "0.1", "0.2", "0.3"]);
 * ```
 */
export function colorScale(domain: readonly [number, number], kind: "linear" | "log"): ColorScale {
  const [low, high] = domain;
  const isLog = kind === "log";
  if (!(low < high && Number.isFinite(high - low) && (!isLog || low > 0))) {
    throw new RangeError(
      `Cannot make a colour scale: domain must be ${isLog ? "positive" : "finite"} and ` +
        `increasing, current value is [${low}, ${high}]`,
    );
  }
  const share = (value: number) => {
    const along = isLog
      ? Math.log(value / low) / Math.log(high / low)
      : (value - low) / (high - low);
    return Math.min(Math.max(along, 0), 1);
  };
  return {
    share,
    colorAt: viridis,
    color: (value) => viridis(share(value)),
    ticks: isLog ? logTicks(domain) : linearTicks(domain),
  };
}
