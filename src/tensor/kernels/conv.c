/*
 * Convolutions of small images, channels last, without a copy of their patches.
 *
 * What is convolved with what stands in a table of taps, made once for each shape: for each output
 * position the pairs (position of the input, tap of the kernel) that meet there; those that fall on
 * padding are simply absent. On a 4 x 4 image a 5 x 5 kernel meets 196 pairs, where patches hold 400
 * and a matrix over whole images 256.
 *
 * One routine does a convolution and its gradient in the input: they differ in the table, and in which
 * channels of the kernel are summed. The lanes of the vectors are images of the batch, so that even one
 * channel fills them.
 */
#include "simd.h"

/* Eight images as [number][LANES]; zero where there is no image. */
static void pack_images(const float *x, int images, int numbers, float *out) {
  for (int half = 0; half < LANES; half += 4) {
    const float *rows[4];
    for (int i = 0; i < 4; i++) rows[i] = x + (long)smaller(half + i, images - 1) * numbers;
    int k = 0;
    for (; k + 4 <= numbers; k += 4) {
      v4 r[4];
      for (int i = 0; i < 4; i++) r[i] = load(rows[i] + k);
      transpose4(r);
      for (int i = 0; i < 4; i++) store(out + (long)(k + i) * LANES + half, r[i]);
    }
    for (; k < numbers; k++) {
      for (int i = 0; i < 4; i++) out[(long)k * LANES + half + i] = rows[i][k];
    }
  }
}

/* A tile of ROWS channels x LANES images, to where those channels lie in each image. */
static void write_channels(tile *t, float *out, int numbers, int images, int channels) {
  transpose4(t->low);
  transpose4(t->high);
  for (int image = 0; image < images; image++, out += numbers) {
    const v4 v = image < 4 ? t->low[image] : t->high[image - 4];
    if (channels == ROWS) store(out, v);
    else for (int i = 0; i < channels; i++) out[i] = v[i];
  }
}

/*
 * out[image, q, d] = sum over the taps (p, tap) of q, over c of x[image, p, c] w(tap, c, d)
 *
 * starts[q] to starts[q + 1] are the taps of output position q: pairs[2 t] the input's position,
 * pairs[2 t + 1] the tap. w(tap, c, d) = w[tap * channels * outputs + c * w_in + d * w_out].
 * scratch: (taps * channels) * round_up(outputs, ROWS) + positions * channels * LANES floats.
 */
EXPORT(convolve)(int images, int positions, int channels, int out_positions, int outputs, int taps,
                 const int *starts, const int *pairs, const float *x, const float *w, int w_in, int w_out,
                 float *out, float *scratch) {
  const int numbers = positions * channels, out_numbers = out_positions * outputs;
  float *kernel = scratch, *packed = scratch + (long)taps * channels * round_up(outputs, ROWS);
  float *k = kernel;
  for (int d0 = 0; d0 < outputs; d0 += ROWS) {
    for (int tap = 0; tap < taps; tap++) {
      const float *from = w + (long)tap * channels * outputs;
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < ROWS; i++) {
          *k++ = d0 + i < outputs ? from[(long)c * w_in + (long)(d0 + i) * w_out] : 0;
        }
      }
    }
  }
  for (int b = 0; b < images; b += LANES) {
    const int count = smaller(LANES, images - b);
    pack_images(x + (long)b * numbers, count, numbers, packed);
    for (int d0 = 0; d0 < outputs; d0 += ROWS) {
      const float *rows = kernel + (long)d0 * taps * channels;
      for (int q = 0; q < out_positions; q++) {
        tile t;
        clear(&t);
        for (int pair = starts[q]; pair < starts[q + 1]; pair++) {
          accumulate(&t, channels, rows + (long)pairs[2 * pair + 1] * channels * ROWS,
                     packed + (long)pairs[2 * pair] * channels * LANES);
        }
        write_channels(&t, out + (long)b * out_numbers + (long)q * outputs + d0, out_numbers, count,
                       smaller(ROWS, outputs - d0));
      }
    }
  }
}

/* Images of a block whose channels are gathered at a time: long enough for the inner loop to pay. */
#define IMAGES 64

/*
 * Numbers of `width` places each in the order of the inner loop, out[image][width]: those at from[0],
 * from[1] and so on, which are `apart` from image to image; zero where `count` of them are used up.
 */
static float *pack_numbers(const float *from, int images, long apart, int count, int width, float *out) {
  if (count >= width) {
    for (int b = 0; b < images; b++, from += apart, out += width) {
      for (int i = 0; i < width; i += 4) store(out + i, load(from + i));
    }
  } else {
    for (int b = 0; b < images; b++, from += apart, out += width) {
      for (int i = 0; i < width; i++) out[i] = i < count ? from[i] : 0;
    }
  }
  return out;
}

/* Adds a tile to a part of the kernel's gradient whose rows are `outputs` apart. */
static void add_tile(const tile *t, float *dw, int outputs, int rows, int columns) {
  for (int i = 0; i < rows; i++, dw += outputs) {
    if (columns >= LANES) {
      store(dw, load(dw) + t->low[i]);
      store(dw + 4, load(dw + 4) + t->high[i]);
    } else {
      for (int j = 0; j < columns; j++) dw[j] += j < 4 ? t->low[i][j] : t->high[i][j - 4];
    }
  }
}

/*
 * The gradient of a convolution in its kernel:
 *
 * dw[tap, c, d] = sum over the pairs (p, q) of the tap, over images of x[image, p, c] dy[image, q, d]
 *
 * starts[tap] to starts[tap + 1] are the pairs of a tap: pairs[2 t] the position in x, pairs[2 t + 1]
 * that in dy. scratch: IMAGES * (positions * round_up(channels, ROWS) + out_positions *
 * round_up(outputs, LANES)) floats.
 */
EXPORT(convolve_kernel_gradient)(int images, int positions, int channels, int out_positions, int outputs,
                                 int taps, const int *starts, const int *pairs, const float *x,
                                 const float *dy, float *dw, float *scratch) {
  const int x_width = round_up(channels, ROWS), dy_width = round_up(outputs, LANES);
  const long numbers = (long)positions * channels, out_numbers = (long)out_positions * outputs;
  float *x_packed = scratch, *dy_packed = scratch + (long)IMAGES * positions * x_width;
  for (long i = 0; i < (long)taps * channels * outputs; i++) dw[i] = 0;
  for (int b = 0; b < images; b += IMAGES) {
    const int count = smaller(IMAGES, images - b);
    const float *x_block = x + b * numbers, *dy_block = dy + b * out_numbers;
    float *to = x_packed;
    for (int p = 0; p < positions; p++) {
      for (int c = 0; c < channels; c += ROWS) {
        to = pack_numbers(x_block + (long)p * channels + c, count, numbers, channels - c, ROWS, to);
      }
    }
    to = dy_packed;
    for (int q = 0; q < out_positions; q++) {
      for (int d = 0; d < outputs; d += LANES) {
        to = pack_numbers(dy_block + (long)q * outputs + d, count, out_numbers, outputs - d, LANES, to);
      }
    }
    for (int tap = 0; tap < taps; tap++) {
      for (int c = 0; c < channels; c += ROWS) {
        for (int d = 0; d < outputs; d += LANES) {
          tile t;
          clear(&t);
          for (int pair = starts[tap]; pair < starts[tap + 1]; pair++) {
            accumulate(&t, count, x_packed + (long)count * (pairs[2 * pair] * x_width + c),
                       dy_packed + (long)count * (pairs[2 * pair + 1] * dy_width + d));
          }
          add_tile(&t, dw + ((long)tap * channels + c) * outputs + d, outputs,
                   smaller(ROWS, channels - c), outputs - d);
        }
      }
    }
  }
}

/*
 * The same for images of one channel, where rows of channels would be three quarters empty: the rows of
 * a tile are taps. starts and pairs are keyed by the output's position q here, pairs (p, tap).
 * scratch: IMAGES * (round_up(taps, ROWS) + LANES) floats.
 */
EXPORT(convolve_kernel_gradient_one_channel)(int images, int positions, int out_positions, int outputs,
                                             int taps, const int *starts, const int *pairs, const float *x,
                                             const float *dy, float *dw, float *scratch) {
  const int width = round_up(taps, ROWS);
  const long out_numbers = (long)out_positions * outputs;
  float *x_packed = scratch, *dy_packed = scratch + (long)IMAGES * width;
  for (long i = 0; i < (long)taps * outputs; i++) dw[i] = 0;
  for (int b = 0; b < images; b += IMAGES) {
    const int count = smaller(IMAGES, images - b);
    for (int q = 0; q < out_positions; q++) {
      for (long i = 0; i < (long)count * width; i++) x_packed[i] = 0;
      for (int pair = starts[q]; pair < starts[q + 1]; pair++) {
        const int tap = pairs[2 * pair + 1];
        const float *from = x + (long)b * positions + pairs[2 * pair];
        float *to = x_packed + (long)(tap / ROWS) * count * ROWS + tap % ROWS;
        for (int i = 0; i < count; i++) to[(long)i * ROWS] = from[(long)i * positions];
      }
      for (int d = 0; d < outputs; d += LANES) {
        pack_numbers(dy + b * out_numbers + (long)q * outputs + d, count, out_numbers, outputs - d, LANES,
                     dy_packed);
        for (int tap = 0; tap < taps; tap += ROWS) {
          tile t;
          clear(&t);
          accumulate(&t, count, x_packed + (long)tap * count, dy_packed);
          add_tile(&t, dw + (long)tap * outputs + d, outputs, smaller(ROWS, taps - tap), outputs - d);
        }
      }
    }
  }
}
