/* What is done to a matrix row by row: sums of its columns, a vector added to each row. */
#include "simd.h"

/* out[c] = sum over rows of x[row, c]. */
EXPORT(sum_rows)(int rows, int columns, const float *x, float *out) {
  int c = 0;
  for (; c + 4 <= columns; c += 4) {
    v4 sum = splat(0);
    for (int r = 0; r < rows; r += CHUNK) {
      v4 part = splat(0);
      for (int i = r; i < smaller(r + CHUNK, rows); i++) part += load(x + (long)i * columns + c);
      sum += part;
    }
    store(out + c, sum);
  }
  for (; c < columns; c++) {
    float sum = 0;
    for (int r = 0; r < rows; r += CHUNK) {
      float part = 0;
      for (int i = r; i < smaller(r + CHUNK, rows); i++) part += x[(long)i * columns + c];
      sum += part;
    }
    out[c] = sum;
  }
}

/* y[row, c] = x[row, c] + bias[c]. */
EXPORT(add_to_rows)(int rows, int columns, const float *restrict x, const float *restrict bias,
                    float *restrict y) {
  for (int r = 0; r < rows; r++, x += columns, y += columns) {
    for (int c = 0; c < columns; c++) y[c] = x[c] + bias[c];
  }
}
