/* What is done to each number by itself, in one pass where composed operations take several. */
#include "simd.h"

/*
 * A step of Adam in the form of Keras and tfjs. one_minus_* come from outside: 1.0f - 0.999f is off by
 * 5e-5. correction_* are 1 - beta^step.
 */
EXPORT(adam)(int count, const float *restrict parameter, const float *restrict gradient,
             const float *restrict mean, const float *restrict variance, float rate, float beta1,
             float beta2, float one_minus_beta1, float one_minus_beta2, float epsilon, float correction1,
             float correction2, float *restrict new_parameter, float *restrict new_mean,
             float *restrict new_variance) {
  for (int i = 0; i < count; i++) {
    const float g = gradient[i];
    const float m = beta1 * mean[i] + one_minus_beta1 * g;
    const float v = beta2 * variance[i] + one_minus_beta2 * (g * g);
    new_mean[i] = m;
    new_variance[i] = v;
    new_parameter[i] =
        parameter[i] - rate * ((m / correction1) / (__builtin_sqrtf(v / correction2) + epsilon));
  }
}

/* y = clip(round(x scale), low, high) / scale, ties to even; scale is a power of two. NaN stays NaN. */
EXPORT(fake_quantize)(int count, const float *restrict x, float scale, float low, float high,
                      float *restrict y) {
  const float step = 1.0f / scale;
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    v128_t code = wasm_f32x4_nearest((v128_t)(load(x + i) * splat(scale)));
    code = wasm_f32x4_max(wasm_f32x4_min(code, wasm_f32x4_splat(high)), wasm_f32x4_splat(low));
    store(y + i, (v4)code * splat(step));
  }
  for (; i < count; i++) {
    float code = __builtin_nearbyintf(x[i] * scale);
    code = code > high ? high : code < low ? low : code;
    y[i] = code * step;
  }
}

/* dx = dy where low < x <= high, else 0: the gradient of a clipped ReLU. */
EXPORT(gate_gradient)(int count, const float *restrict dy, const float *restrict x, float low, float high,
                      float *restrict dx) {
  const v128_t lows = wasm_f32x4_splat(low), highs = wasm_f32x4_splat(high);
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    const v128_t v = (v128_t)load(x + i);
    const v128_t passes = wasm_v128_and(wasm_f32x4_gt(v, lows), wasm_f32x4_le(v, highs));
    store(dx + i, (v4)wasm_v128_and((v128_t)load(dy + i), passes));
  }
  for (; i < count; i++) dx[i] = x[i] > low && x[i] <= high ? dy[i] : 0;
}
