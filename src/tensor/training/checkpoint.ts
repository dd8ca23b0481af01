/** A JSON value. */
export type CheckpointValue =
  | null
  | boolean
  | number
  | string
  | readonly CheckpointValue[]
  | { readonly [name: string]: CheckpointValue };

/** All that a run needs to go on: facts as JSON, and arrays of single precision by name. */
export interface TrainingCheckpoint {
  /** Facts, for example the step. */
  readonly facts: { readonly [name: string]: CheckpointValue };
  /** Arrays, for example weights. */
  readonly arrays: ReadonlyMap<string, Float32Array>;
}

/** First bytes of a file, with the version of its layout. */
const MAGIC = new TextEncoder().encode("hexmckp1");
const DIGEST_BYTES = 32;
const HEADER_AT = MAGIC.length + DIGEST_BYTES + 4;

/**
 * Writes a checkpoint as the bytes of one file: 8 bytes `hexmckp1`, the SHA-256 of all that follows,
 * the length of the header as a 32-bit integer, the header as JSON padded with blanks to a multiple of
 * four bytes, and the arrays in the header's order, as 32-bit floats. Little-endian.
 *
 * @param checkpoint Facts and arrays.
 * @returns The bytes; equal checkpoints give equal bytes.
 *
 * @example
 * ```ts
 * import { decodeCheckpoint, encodeCheckpoint } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * const checkpoint = { facts: { step: 7 }, arrays: new Map([["bias", Float32Array.of(1, 2)]]) };
 * assertEquals(await decodeCheckpoint(await encodeCheckpoint(checkpoint)), checkpoint);
 * ```
 */
export async function encodeCheckpoint(checkpoint: TrainingCheckpoint): Promise<Uint8Array> {
  const { facts, arrays } = checkpoint;
  const lengths = [...arrays].map(([name, array]) => [name, array.length]);
  const header = new TextEncoder().encode(JSON.stringify({ facts, arrays: lengths }));
  const headerLength = Math.ceil(header.length / 4) * 4;
  let floats = 0;
  for (const { length } of arrays.values()) floats += length;
  const bytes = new Uint8Array(HEADER_AT + headerLength + 4 * floats);
  const view = new DataView(bytes.buffer);
  view.setUint32(HEADER_AT - 4, headerLength, true);
  bytes.fill(0x20, HEADER_AT, HEADER_AT + headerLength).set(header, HEADER_AT);
  let offset = HEADER_AT + headerLength;
  for (const array of arrays.values()) {
    for (let k = 0; k < array.length; k++, offset += 4) view.setFloat32(offset, array[k], true);
  }
  bytes.set(await _digest(bytes), MAGIC.length);
  bytes.set(MAGIC);
  return bytes;
}

/**
 * Reads what {@linkcode encodeCheckpoint} wrote.
 *
 * @param bytes The bytes of a file.
 * @returns Facts and arrays.
 * @throws {TypeError} If these are not the bytes of a checkpoint, or one of them was changed or is
 * missing.
 *
 * @example One bit is enough
 * ```ts
 * import { decodeCheckpoint, encodeCheckpoint } from "@hexmover/hexmover/tensor";
 * import { assertRejects } from "@std/assert";
 *
 * const bytes = await encodeCheckpoint({ facts: { step: 7 }, arrays: new Map() });
 * bytes[50] ^= 1;
 * await assertRejects(() => decodeCheckpoint(bytes), TypeError, "checksum");
 * ```
 */
export async function decodeCheckpoint(bytes: Uint8Array): Promise<TrainingCheckpoint> {
  if (bytes.length < HEADER_AT || !MAGIC.every((byte, k) => byte === bytes[k])) {
    throw new TypeError("Cannot read a checkpoint: these are not the bytes of one");
  }
  const digest = await _digest(bytes);
  if (!digest.every((byte, k) => byte === bytes[MAGIC.length + k])) {
    throw new TypeError("Cannot read a checkpoint: its bytes do not have their checksum");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = HEADER_AT + view.getUint32(HEADER_AT - 4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER_AT, offset)));
  const arrays = new Map<string, Float32Array>();
  for (const [name, length] of header.arrays as [string, number][]) {
    const array = new Float32Array(length);
    for (let k = 0; k < length; k++, offset += 4) array[k] = view.getFloat32(offset, true);
    arrays.set(name, array);
  }
  return { facts: header.facts, arrays };
}

async function _digest(bytes: Uint8Array): Promise<Uint8Array> {
  // WebCrypto takes only memory of its own thread, which these bytes are.
  const content = bytes.subarray(MAGIC.length + DIGEST_BYTES) as Uint8Array<ArrayBuffer>;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", content));
}
