import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { symmetricEigen } from "../../src/numerics/symmetric_eigen.ts";

Deno.test("symmetricEigen() of a path's Laplacian has the known cosines", () => {
  // Values 2 - 2 cos(pi k / n), k = 0 to n - 1; see Strang, SIAM Review 41 (1999) 135.
  const n = 20, laplacian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    laplacian[i * n + i] = i === 0 || i === n - 1 ? 1 : 2;
    if (i > 0) laplacian[i * n + i - 1] = laplacian[(i - 1) * n + i] = -1;
  }
  const { values, vectors } = symmetricEigen(laplacian, n);
  for (let k = 0; k < n; k++) {
    assertAlmostEquals(values[n - 1 - k], 2 - 2 * Math.cos(Math.PI * k / n), 1e-13);
  }
  // v_k(j) is proportional to cos(pi k (j + 1/2) / n); k = 1 is the last but one.
  const vector = vectors.subarray((n - 2) * n, (n - 1) * n);
  for (let j = 0; j < n; j++) {
    const expected = Math.sqrt(2 / n) * Math.cos(Math.PI * (j + 0.5) / n);
    assertAlmostEquals(Math.abs(vector[j]), Math.abs(expected), 1e-12);
  }
});

Deno.test("symmetricEigen() gives back random matrices, of any rank, with orthonormal vectors", () => {
  const random = new RandomStream(1, "matrices");
  for (const [n, rank] of [[1, 1], [2, 2], [7, 7], [30, 30], [30, 4]]) {
    const matrix = new Float64Array(n * n);
    for (let r = 0; r < rank; r++) {
      const u = Float64Array.from({ length: n }, () => random.normal()), sign = r % 2 ? -1 : 1;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) matrix[i * n + j] += sign * u[i] * u[j];
      }
    }
    const { values, vectors } = symmetricEigen(matrix, n);
    assertEquals([...values], [...values].sort((a, b) => b - a));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let element = 0, product = 0;
        for (let k = 0; k < n; k++) {
          element += values[k] * vectors[k * n + i] * vectors[k * n + j];
          product += vectors[i * n + k] * vectors[j * n + k];
        }
        assertAlmostEquals(element, matrix[i * n + j], 1e-12 * n);
        assertAlmostEquals(product, i === j ? 1 : 0, 1e-13);
      }
    }
    for (let k = 0; k < n; k++) {
      const vector = [...vectors.subarray(k * n, (k + 1) * n)];
      assertEquals(Math.max(...vector), Math.max(...vector.map(Math.abs)));
    }
  }
});

Deno.test("symmetricEigen() takes multiples of one, zero, and very large and small matrices", () => {
  for (const scale of [0, 1, 1e150, 1e-150]) {
    const { values } = symmetricEigen([2, 1, 1, 2].map((x) => x * scale), 2);
    assertAlmostEquals(values[0], 3 * scale, 1e-14 * scale);
    assertAlmostEquals(values[1], scale, 1e-14 * scale);
  }
  assertEquals([...symmetricEigen([5, 0, 0, 5], 2).vectors], [1, 0, 0, 1]);
});

Deno.test("symmetricEigen() refuses what is not a symmetric matrix", () => {
  assertThrows(() => symmetricEigen([1, 2, 3], 2), TypeError, "current number is 3");
  assertThrows(() => symmetricEigen([], 0), TypeError);
  assertThrows(
    () => symmetricEigen([1, 2, 2.1, 1], 2),
    RangeError,
    "(1, 0) and (0, 1) are 2.1 and 2",
  );
  for (const wrong of [NaN, Infinity]) {
    assertThrows(() => symmetricEigen([wrong], 1), RangeError, "must be finite");
  }
  const matrix = [1, 2, 2, 1];
  symmetricEigen(matrix, 2);
  assert(matrix.join() === "1,2,2,1");
});
