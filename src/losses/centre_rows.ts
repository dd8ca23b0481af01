/**
 * Makes each row of a gradient sum to zero, in place: on the simplex, where sums are fixed, the constant
 * in a gradient has no meaning.
 *
 * @param gradient Rows of `size` numbers.
 * @param size Numbers in a row.
 */
export function centreRows(gradient: Float64Array, size: number): void {
  for (let begin = 0; begin < gradient.length; begin += size) {
    let mean = 0;
    for (let k = begin; k < begin + size; k++) mean += gradient[k];
    mean /= size;
    for (let k = begin; k < begin + size; k++) gradient[k] -= mean;
  }
}
