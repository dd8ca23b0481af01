import { assertEquals, assertThrows } from "@std/assert";
import { codec, codecNames } from "../../src/codecs/registry.ts";

Deno.test("codec() finds every codec under its own name, at 144 bits or just below", () => {
  assertEquals(codecNames(), ["sqrt_levels", "largest_k", "super_cells", "pca"]);
  for (const name of codecNames()) assertEquals(codec(name).name, name);
  assertEquals(codecNames().map((name) => codec(name).bits), [144, 143, 144, 144]);
});

Deno.test("codec() hands options on", () => {
  assertEquals(codec("sqrt_levels", { count: 3 }).bits, 77);
  assertEquals(codec("largest_k", { cells: 6, chargeBits: 3, address: "combinatorial" }).bits, 42);
  assertEquals(codec("super_cells", { levels: 4 }).bits, 48);
  assertEquals(codec("pca", { coefficients: 16, bits: "float" }).bits, 512);
});

Deno.test("codec() says which names there are", () => {
  for (const name of ["zip", "constructor"]) {
    assertThrows(
      () => codec(name as "pca"),
      RangeError,
      `must be one of sqrt_levels, largest_k, super_cells, pca, current value is ${name}`,
    );
  }
});
