/**
 * Sum and maximum of an array, by plain loops: `reduce` with a callback takes ten times as long, more
 * than the smallest problems take to solve.
 *
 * @module
 */

/** The sum of masses. */
export function totalMass(masses: Float64Array): number {
  let total = 0;
  for (let k = 0; k < masses.length; k++) total += masses[k];
  return total;
}

/** The largest of values that are not negative; 0 where there are none. */
export function largestValue(values: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < values.length; k++) if (values[k] > largest) largest = values[k];
  return largest;
}
