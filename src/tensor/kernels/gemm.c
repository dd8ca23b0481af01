/*
 * C = A B, or C += A B, for matrices of any strides: m x n from m x k and k x n. Strides count floats.
 *
 * B is packed into panels of LANES columns and A into panels of ROWS rows, zero beyond the edges, so
 * that the inner loop reads both in order whatever their layout: A B, A^T B and A B^T cost the same.
 *
 * scratch: DEPTH * (round_up(n, LANES) + BLOCK) floats.
 */
#include "simd.h"

/* Depth of a block: a panel of B then takes 8 kB, and stays in the first-level cache. */
#define DEPTH 256
/* Rows of a block: 64 x 256 numbers of A take 64 kB, and stay in the second-level cache. */
#define BLOCK 64

/* Panels of `width` columns: out[panel][k][column], from x[k * along + column * across]. */
static void pack(const float *x, int depth, int columns, int along, int across, int width, float *out) {
  for (int first = 0; first < columns; first += width) {
    const int count = smaller(width, columns - first);
    const float *from = x + (long)first * across;
    if (count == width && across == 1) {
      for (int k = 0; k < depth; k++, out += width) {
        for (int j = 0; j < width; j += 4) store(out + j, load(from + (long)k * along + j));
      }
    } else if (count == width && along == 1) {
      int k = 0;
      for (; k + 4 <= depth; k += 4) {
        for (int j = 0; j < width; j += 4) {
          v4 r[4];
          for (int i = 0; i < 4; i++) r[i] = load(from + (long)(j + i) * across + k);
          transpose4(r);
          for (int i = 0; i < 4; i++) store(out + i * width + j, r[i]);
        }
        out += 4 * width;
      }
      for (; k < depth; k++, out += width) {
        for (int j = 0; j < width; j++) out[j] = from[(long)j * across + k];
      }
    } else {
      for (int k = 0; k < depth; k++, out += width) {
        for (int j = 0; j < count; j++) out[j] = from[(long)k * along + (long)j * across];
        for (int j = count; j < width; j++) out[j] = 0;
      }
    }
  }
}

static void write_tile(const tile *t, float *c, int c_row, int rows, int columns, int add) {
  if (rows == ROWS && columns == LANES) {
    for (int i = 0; i < ROWS; i++, c += c_row) {
      store(c, add ? load(c) + t->low[i] : t->low[i]);
      store(c + 4, add ? load(c + 4) + t->high[i] : t->high[i]);
    }
    return;
  }
  for (int i = 0; i < rows; i++, c += c_row) {
    for (int j = 0; j < columns; j++) {
      const float x = j < 4 ? t->low[i][j] : t->high[i][j - 4];
      c[j] = add ? c[j] + x : x;
    }
  }
}

EXPORT(gemm)(int m, int n, int k, const float *a, int a_row, int a_column, const float *b, int b_row,
             int b_column, float *c, int c_row, int add, float *scratch) {
  float *b_panels = scratch, *a_panels = scratch + (long)DEPTH * round_up(n, LANES);
  for (int k0 = 0; k0 < k; k0 += DEPTH) {
    const int depth = smaller(DEPTH, k - k0);
    pack(b + (long)k0 * b_row, depth, n, b_row, b_column, LANES, b_panels);
    for (int m0 = 0; m0 < m; m0 += BLOCK) {
      const int rows = smaller(BLOCK, m - m0);
      pack(a + (long)m0 * a_row + (long)k0 * a_column, depth, rows, a_column, a_row, ROWS, a_panels);
      for (int j = 0; j < n; j += LANES) {
        for (int i = 0; i < rows; i += ROWS) {
          tile t;
          clear(&t);
          accumulate(&t, depth, a_panels + (long)i * depth, b_panels + (long)j * depth);
          write_tile(&t, c + (long)(m0 + i) * c_row + j, c_row, smaller(ROWS, rows - i),
                     smaller(LANES, n - j), add || k0 > 0);
        }
      }
    }
  }
}
