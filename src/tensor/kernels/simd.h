/* Vectors of four floats, and the one inner loop that every product here runs on. */
#ifndef HEXMOVER_SIMD_H
#define HEXMOVER_SIMD_H

#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name))) void name

typedef float v4 __attribute__((vector_size(16), aligned(4), may_alias));

static inline v4 load(const float *p) { return *(const v4 *)p; }
static inline void store(float *p, v4 v) { *(v4 *)p = v; }
static inline v4 splat(float x) { return (v4){x, x, x, x}; }
static inline v4 load_splat(const float *p) { return (v4)wasm_v128_load32_splat(p); }
static inline int smaller(int a, int b) { return a < b ? a : b; }
static inline int round_up(int n, int to) { return (n + to - 1) / to * to; }

/* a b + c. Relaxed SIMD lets the machine do it in one instruction, rounded once. */
static inline v4 multiply_add(v4 a, v4 b, v4 c) {
#ifdef __wasm_relaxed_simd__
  return (v4)__builtin_wasm_relaxed_madd_f32x4((__f32x4)a, (__f32x4)b, (__f32x4)c);
#else
  return a * b + c;
#endif
}

/* Rows whose sum is taken apart before it is added, so that rounding errors do not pile up. */
#define CHUNK 64

/* Turns four vectors, the rows of a 4 x 4 matrix, into its columns. */
static inline void transpose4(v4 r[4]) {
  const v4 a = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5);
  const v4 b = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7);
  const v4 c = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5);
  const v4 d = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
  r[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  r[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  r[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
  r[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}

/*
 * Tiles of products are ROWS x LANES numbers: 8 accumulators, 2 vectors of the right matrix, one
 * number of the left, a product: 12 of the 15 vector registers that V8 hands out on x86. A wider tile
 * spills, a narrower one waits for the latency of its additions.
 */
#define ROWS 4
#define LANES 8

typedef struct {
  v4 low[ROWS], high[ROWS];
} tile;

static inline void clear(tile *t) {
  for (int i = 0; i < ROWS; i++) t->low[i] = t->high[i] = splat(0);
}

/* t += A B, A packed as [depth][ROWS], B as [depth][LANES]. */
static inline void accumulate(tile *t, int depth, const float *a, const float *b) {
  tile s = *t;
  for (int k = 0; k < depth; k++) {
    const v4 low = load(b), high = load(b + 4);
#pragma clang loop unroll(full)
    for (int i = 0; i < ROWS; i++) {
      const v4 left = load_splat(a + i);
      s.low[i] = multiply_add(left, low, s.low[i]);
      s.high[i] = multiply_add(left, high, s.high[i]);
    }
    a += ROWS;
    b += LANES;
  }
  *t = s;
}

#endif
