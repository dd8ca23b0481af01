/** The bins of one side that hold mass, with their potentials. */
export interface PotentialSide {
  /** Indices of the bins. */
  readonly bins: Int32Array;
  /** Their masses. */
  readonly masses: Float64Array;
  /** How many there are. */
  readonly count: number;
  /** Their potentials. */
  readonly values: Float64Array;
}

/**
 * Extends an entropic potential from the bins that hold mass to all bins, by the equation that it obeys
 * where there is mass:
 *
 *     f_i = -epsilon log sum_j b_j exp((g_j - c_ij) / epsilon)
 *
 * So the slope in a mass that is zero is that of a mass that tends to zero.
 *
 * @param side The side to extend.
 * @param other The other side.
 * @param cost Costs; that of bin i of this side and bin j of the other is at `i * step + j * otherStep`.
 * @param step See cost.
 * @param otherStep See cost.
 * @param epsilon The regularisation.
 * @param out Receives the potentials of all bins.
 * @param offset Where they begin.
 * @param size How many bins there are.
 */
export function extendPotential(
  side: PotentialSide,
  other: PotentialSide,
  cost: Float64Array,
  step: number,
  otherStep: number,
  epsilon: number,
  out: Float64Array,
  offset: number,
  size: number,
): void {
  for (let bin = 0, held = 0; bin < size; bin++) {
    out[offset + bin] = held < side.count && side.bins[held] === bin
      ? side.values[held++]
      : _softMinimum(other, cost, bin * step, otherStep, epsilon);
  }
}

function _softMinimum(
  { bins, masses, count, values }: PotentialSide,
  cost: Float64Array,
  begin: number,
  step: number,
  epsilon: number,
): number {
  let top = -Infinity, sum = 0;
  for (let j = 0; j < count; j++) top = Math.max(top, values[j] - cost[begin + bins[j] * step]);
  for (let j = 0; j < count; j++) {
    sum += masses[j] * Math.exp((values[j] - cost[begin + bins[j] * step] - top) / epsilon);
  }
  return -top - epsilon * Math.log(sum);
}
