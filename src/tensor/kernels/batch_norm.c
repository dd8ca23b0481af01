/*
 * Batch normalisation over rows of channels, with the ReLU behind it:
 *
 * y = max(0, gamma (x - mean) / sqrt(variance + epsilon) + beta), mean and variance over the rows
 *
 * The variance is taken in a second pass, from differences to the mean: a single pass of squares would
 * lose its digits where the mean is large. scratch: 3 * channels floats.
 */
#include "simd.h"

void sum_rows(int rows, int columns, const float *x, float *out);

EXPORT(batch_norm)(int rows, int channels, const float *restrict x, const float *restrict gamma,
                   const float *restrict beta, float epsilon, int relu, float *restrict y,
                   float *restrict mean, float *restrict variance, float *restrict inverse_deviation,
                   float *restrict scratch) {
  const float share = 1.0f / rows;
  float *part = scratch, *scale = scratch + channels, *shift = scratch + 2 * channels;
  sum_rows(rows, channels, x, mean);
  for (int c = 0; c < channels; c++) {
    mean[c] *= share;
    variance[c] = 0;
  }
  for (int r = 0; r < rows; r += CHUNK) {
    for (int c = 0; c < channels; c++) part[c] = 0;
    for (int i = r; i < smaller(r + CHUNK, rows); i++) {
      const float *row = x + (long)i * channels;
      for (int c = 0; c < channels; c++) {
        const float d = row[c] - mean[c];
        part[c] += d * d;
      }
    }
    for (int c = 0; c < channels; c++) variance[c] += part[c];
  }
  for (int c = 0; c < channels; c++) {
    variance[c] *= share;
    inverse_deviation[c] = 1.0f / __builtin_sqrtf(variance[c] + epsilon);
    scale[c] = gamma[c] * inverse_deviation[c];
    shift[c] = beta[c] - mean[c] * scale[c];
  }
  const float floor = relu ? 0.0f : -__builtin_inff();
  for (int r = 0; r < rows; r++, x += channels, y += channels) {
    for (int c = 0; c < channels; c++) {
      const float v = x[c] * scale[c] + shift[c];
      y[c] = v > floor ? v : floor;
    }
  }
}

/* Gradients of the above in x, gamma and beta. scratch: 3 * channels floats. */
EXPORT(batch_norm_gradient)(int rows, int channels, const float *restrict dy, const float *restrict x,
                            const float *restrict y, const float *restrict gamma,
                            const float *restrict mean, const float *restrict inverse_deviation, int relu,
                            float *restrict dx, float *restrict dgamma, float *restrict dbeta,
                            float *restrict scratch) {
  const float share = 1.0f / rows;
  /* Every y passes where there is no ReLU: nothing is below minus infinity. */
  const float floor = relu ? 0.0f : -__builtin_inff();
  float *part_gamma = scratch, *part_beta = scratch + channels;
  for (int c = 0; c < channels; c++) dgamma[c] = dbeta[c] = 0;
  for (int r = 0; r < rows; r += CHUNK) {
    for (int c = 0; c < channels; c++) part_gamma[c] = part_beta[c] = 0;
    for (int i = r; i < smaller(r + CHUNK, rows); i++) {
      const long o = (long)i * channels;
      for (int c = 0; c < channels; c++) {
        const float g = y[o + c] > floor ? dy[o + c] : 0;
        part_beta[c] += g;
        part_gamma[c] += g * (x[o + c] - mean[c]);
      }
    }
    for (int c = 0; c < channels; c++) {
      dbeta[c] += part_beta[c];
      dgamma[c] += part_gamma[c];
    }
  }
  /* dx = scale (g - mean of g - (x - mean) / deviation^2 * mean of g (x - mean)) = scale g + slope x + shift */
  float *scale = scratch, *slope = scratch + channels, *shift = scratch + 2 * channels;
  for (int c = 0; c < channels; c++) {
    dgamma[c] *= inverse_deviation[c];
    scale[c] = gamma[c] * inverse_deviation[c];
    slope[c] = -scale[c] * inverse_deviation[c] * dgamma[c] * share;
    shift[c] = -scale[c] * dbeta[c] * share - slope[c] * mean[c];
  }
  for (int r = 0; r < rows; r++, dy += channels, x += channels, y += channels, dx += channels) {
    for (int c = 0; c < channels; c++) {
      const float g = y[c] > floor ? dy[c] : 0;
      dx[c] = scale[c] * g + slope[c] * x[c] + shift[c];
    }
  }
}
