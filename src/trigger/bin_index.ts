/**
 * The bin in which a value lies: edges[i] <= value < edges[i + 1].
 *
 * @param edges Edges, increasing, at least two.
 * @param value The value.
 * @param outside What becomes of values outside of all bins: none, or the nearest bin.
 * @returns The bin's index, or -1 for none.
 * @throws {RangeError} If there are fewer than two edges, or they do not increase.
 */
export function binIndex(
  edges: readonly number[],
  value: number,
  outside: "none" | "nearest" = "none",
): number {
  if (edges.length < 2 || edges.some((edge, i) => i > 0 && !(edge > edges[i - 1]))) {
    throw new RangeError(
      `Cannot put a value into bins: edges must be two or more and increase, ` +
        `current ones are ${edges.join(", ")}`,
    );
  }
  const above = edges.findIndex((edge) => edge > value);
  if (outside === "none") return above <= 0 ? -1 : above - 1;
  return above < 0 ? edges.length - 2 : Math.max(above - 1, 0);
}
