import { canonicalJson, type JsonObject } from "./canonical_json.ts";

/** What a result depends on: equal parts give an equal key. */
export interface ResultKeyParts {
  /** Name of the experiment. */
  readonly experiment: string;
  /** Its configuration. Where the backend changes the numbers, it belongs in here. */
  readonly config: JsonObject;
  /** Seeds of the random streams. */
  readonly seeds: readonly number[];
  /** {@linkcode checksum} of the input data. */
  readonly dataChecksum: string;
  /** Version of the code. */
  readonly version: string;
}

/**
 * The name of a result: the first 16 hexadecimal digits of the SHA-256 of its parts, written as
 * canonical JSON. The order in which the configuration was filled in does not matter.
 *
 * @param parts What the result depends on.
 * @returns 16 digits of 0-9a-f.
 * @throws {RangeError | TypeError} If the parts are not plain, finite JSON.
 *
 * @example
 * ```ts
 * import { resultKey } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const parts = { experiment: "fig5", seeds: [1], dataChecksum: "", version: "0.1.0" };
 * const key = await resultKey({ ...parts, config: { pairs: 10, bits: 9 } });
 * assertEquals(key, await resultKey({ ...parts, config: { bits: 9, pairs: 10 } }));
 * assertEquals(key.length, 16);
 * ```
 */
export async function resultKey(parts: ResultKeyParts): Promise<string> {
  const { experiment, config, seeds, dataChecksum, version } = parts;
  const text = canonicalJson({ experiment, config, seeds, dataChecksum, version });
  return (await checksum(new TextEncoder().encode(text))).slice(0, 16);
}

/**
 * SHA-256 of some bytes, as 64 hexadecimal digits (as `sha256sum` prints it).
 *
 * @param bytes The bytes, for example those of a data file.
 * @returns 64 digits of 0-9a-f.
 *
 * @example The digest of "abc" in FIPS 180-4
 * ```ts
 * import { checksum } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   await checksum(new TextEncoder().encode("abc")),
 *   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
 * );
 * ```
 */
export async function checksum(bytes: Uint8Array): Promise<string> {
  // WebCrypto does not read memory that other threads may write.
  const own = bytes.buffer instanceof ArrayBuffer
    ? bytes as Uint8Array<ArrayBuffer>
    : bytes.slice();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", own));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
