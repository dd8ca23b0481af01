/**
 * numpy's `random.seed(seed)` and `random.rand`: the Mersenne twister MT19937 (Matsumoto and
 * Nishimura, 1998), for inputs that a peer's tests draw from it.
 *
 * @module
 */

const N = 624, M = 397;

/** Uniform numbers in [0, 1), as `numpy.random.seed(seed); numpy.random.rand(count)` draws them. */
export function numpyRand(seed: number, count: number): Float64Array {
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    state[i] = Math.imul(1812433253, state[i - 1] ^ state[i - 1] >>> 30) + i;
  }
  let next = N;

  function uint32(): number {
    if (next === N) {
      for (let i = 0; i < N; i++) {
        const joined = state[i] & 0x80000000 | state[(i + 1) % N] & 0x7fffffff;
        state[i] = state[(i + M) % N] ^ joined >>> 1 ^ (joined & 1 ? 0x9908b0df : 0);
      }
      next = 0;
    }
    let word = state[next++];
    word ^= word >>> 11;
    word ^= word << 7 & 0x9d2c5680;
    word ^= word << 15 & 0xefc60000;
    return (word ^ word >>> 18) >>> 0;
  }

  return Float64Array.from({ length: count }, () => {
    const high = uint32() >>> 5, low = uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  });
}
