/**
 * Named arrays as NumPy stores them in `.npz` files: a zip of `.npy` files.
 *
 * @module
 */
import { unzipSync, zipSync } from "npm:fflate@0.8.2";
import { type NpyArray, npyBytes, parseNpy } from "./npy.ts";

/** A zip counts its bytes in 32 bits. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * Named arrays as the bytes of a `.npz` file, which `numpy.load` reads without pickle.
 *
 * The arrays are compressed. All stands in memory at once: what does not fit there belongs into
 * Parquet. Equal arrays give equal bytes, on any day and in any time zone.
 *
 * @param arrays The arrays by name.
 * @returns The bytes.
 * @throws {TypeError} If an array does not have as many elements as its shape asks for.
 * @throws {RangeError} If a text cannot be stored (see {@linkcode npyBytes}), or the arrays take
 * 4 GiB or more.
 *
 * @example
 * ```ts
 * import { npzBytes, parseNpz } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const arrays = {
 *   emd: { data: Float64Array.of(1.5, 0), shape: [2] },
 *   kind: { data: ["near", "far"], shape: [2] },
 * };
 * assertEquals(parseNpz(npzBytes(arrays)), arrays);
 * ```
 */
export function npzBytes(arrays: Readonly<Record<string, NpyArray>>): Uint8Array<ArrayBuffer> {
  const files = Object.entries(arrays).map(([name, { data, shape }]) =>
    [`${name}.npy`, npyBytes(data, shape)] as const
  );
  const size = files.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  if (size > MOST_BYTES) {
    throw new RangeError(
      `Cannot write arrays as npz: all together must take less than 4 GiB, current size is ${size}`,
    );
  }
  // The zip stores the local date, which here is the same in every time zone.
  const zip = zipSync(Object.fromEntries(files), { level: 6, mtime: new Date(1980, 0, 1) });
  return zip as Uint8Array<ArrayBuffer>;
}

/**
 * Reads the bytes of a `.npz` file, compressed or not.
 *
 * @param bytes The whole file.
 * @param source The file's name in errors.
 * @returns The arrays by name; see {@linkcode parseNpy} for their types.
 * @throws {TypeError} If these are not the bytes of a `.npz` file, it was cut off, or an array
 * cannot be read; the error names file and array.
 * @throws {RangeError} If an integer of 64 bits lies beyond 2^53.
 *
 * @example A file that was cut off
 * ```ts
 * import { npzBytes, parseNpz } from "@hexmover/hexmover/datasets";
 * import { assertThrows } from "@std/assert";
 *
 * const bytes = npzBytes({ emd: { data: Float64Array.of(1.5, 0), shape: [2] } });
 * assertThrows(() => parseNpz(bytes.subarray(0, -9), "emd.npz"), TypeError, "emd.npz");
 * ```
 */
export function parseNpz(bytes: Uint8Array, source = "npz"): Record<string, NpyArray> {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes);
  } catch (cause) {
    throw new TypeError(`Cannot read ${source}: it is not a whole .npz file`, { cause });
  }
  return Object.fromEntries(
    Object.entries(files).map(([file, content]) => {
      const name = file.replace(/\.npy$/, "");
      return [name, parseNpy(content, `array ${name} of ${source}`)];
    }),
  );
}
