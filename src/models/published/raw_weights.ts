import type { NamedWeights, WeightTensor } from "./types.ts";

/** The description of a file of raw numbers: which tensor lies where. */
export interface RawWeightsManifest {
  /** The file's tensors. */
  readonly tensors: readonly {
    /** Name, unique in the file. */
    readonly name: string;
    /** Lengths of the axes. */
    readonly shape: readonly number[];
    /** Numbers, not bytes, in front of the tensor's first. */
    readonly offset_floats: number;
  }[];
  /** Numbers in the file. */
  readonly total_floats: number;
  /** Type and layout of the numbers; its first words must be "float32 little-endian". */
  readonly dtype: string;
}

/**
 * Weights from a file of raw numbers, float32, little-endian, row-major, beside its manifest.
 *
 * Every number of the file must belong to exactly one tensor.
 *
 * @param manifest The manifest, as `JSON.parse` returns it; it is checked.
 * @param bytes Content of the file.
 * @returns The tensors by name, in the manifest's order: copies, whatever the machine's byte order.
 * @throws {TypeError} If the manifest has another structure or describes another type of numbers.
 * @throws {RangeError} If a name occurs twice, tensors overlap, leave gaps or do not lie within the
 * file, or the file has another length than the manifest says.
 *
 * @example
 * ```ts
 * import { readRawWeights } from "@hexmover/hexmover/models/inference";
 * import { assertEquals } from "@std/assert";
 *
 * const manifest = {
 *   tensors: [
 *     { name: "kernel", shape: [1, 2], offset_floats: 1 },
 *     { name: "bias", shape: [1], offset_floats: 0 },
 *   ],
 *   total_floats: 3,
 *   dtype: "float32 little-endian",
 * };
 * const bytes = new Uint8Array(12);
 * [0.5, 1, -2].forEach((value, k) => new DataView(bytes.buffer).setFloat32(4 * k, value, true));
 * assertEquals([...readRawWeights(manifest, bytes).get("kernel")!.values], [1, -2]);
 * ```
 */
export function readRawWeights(manifest: RawWeightsManifest, bytes: Uint8Array): NamedWeights {
  _checkManifest(manifest);
  const { tensors, total_floats: total } = manifest;
  if (bytes.length !== 4 * total) {
    throw new RangeError(
      `${_CANNOT}: file must have 4 * total_floats = ${4 * total} bytes, ` +
        `current value is ${bytes.length}`,
    );
  }
  _checkCover(tensors, total);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const weights = new Map<string, WeightTensor>();
  for (const { name, shape, offset_floats: offset } of tensors) {
    if (weights.has(name)) {
      throw new RangeError(`${_CANNOT}: names of tensors must differ, ${name} occurs twice`);
    }
    const values = new Float32Array(_count(shape));
    for (let k = 0; k < values.length; k++) values[k] = view.getFloat32(4 * (offset + k), true);
    weights.set(name, { shape: [...shape], values });
  }
  return weights;
}

const _CANNOT = "Cannot read raw weights";

/** What `JSON.parse` returns may be anything. */
function _checkManifest(manifest: RawWeightsManifest): void {
  const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  if (!Array.isArray(manifest?.tensors) || !isCount(manifest.total_floats)) {
    throw new TypeError(`${_CANNOT}: manifest must have a list of tensors and total_floats`);
  }
  const { tensors, dtype } = manifest;
  if (!/^float32 little-endian\b/.test(dtype)) {
    throw new TypeError(
      `${_CANNOT}: dtype must begin with float32 little-endian, current value is ${dtype}`,
    );
  }
  tensors.forEach((tensor, k) => {
    if (typeof tensor?.name !== "string") {
      throw new TypeError(
        `${_CANNOT}: name of tensor ${k} must be a text, current value is ${tensor?.name}`,
      );
    }
    if (!Array.isArray(tensor.shape) || !tensor.shape.every(isCount)) {
      throw new TypeError(
        `${_CANNOT}: shape of ${tensor.name} must be a list of counts, ` +
          `current value is ${JSON.stringify(tensor.shape)}`,
      );
    }
    if (!isCount(tensor.offset_floats)) {
      throw new TypeError(
        `${_CANNOT}: offset_floats of ${tensor.name} must be a count, ` +
          `current value is ${tensor.offset_floats}`,
      );
    }
  });
}

/** An offset that is off by a little would give numbers that look like weights. */
function _checkCover(tensors: RawWeightsManifest["tensors"], total: number): void {
  let end = 0;
  for (const tensor of tensors.toSorted((a, b) => a.offset_floats - b.offset_floats)) {
    if (tensor.offset_floats !== end) {
      throw new RangeError(
        `${_CANNOT}: ${tensor.name} must begin where the tensor before it ends, at ${end}, ` +
          `current value is ${tensor.offset_floats}`,
      );
    }
    end += _count(tensor.shape);
  }
  if (end !== total) {
    throw new RangeError(
      `${_CANNOT}: tensors must have total_floats = ${total} numbers in all, current value is ${end}`,
    );
  }
}

function _count(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
