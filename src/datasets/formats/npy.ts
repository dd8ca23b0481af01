/**
 * Arrays as NumPy stores them in `.npy` files.
 *
 * @module
 */

/** Numbers or texts of an array, row-major. */
export type NpyData =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Uint8Array
  | readonly string[];

/** An array and its shape. */
export interface NpyArray<D extends NpyData = NpyData> {
  /** The elements, row-major; their number is the product of the shape. */
  readonly data: D;
  /** Length along each axis; `[]` is a single number. */
  readonly shape: readonly number[];
}

/**
 * An array as the bytes of a `.npy` file (version 1.0), which `numpy.load` reads without pickle.
 *
 * Numbers keep their type; texts become `<U` of the longest. Equal arrays give equal bytes.
 *
 * @param data The elements, row-major.
 * @param shape Length along each axis, integers >= 0.
 * @returns The bytes.
 * @throws {TypeError} If the number of elements is not the product of the shape.
 * @throws {RangeError} If a text holds half a surrogate pair or ends in U+0000: NumPy pads with it,
 * so that it would be lost.
 *
 * @example
 * ```ts
 * import { npyBytes, parseNpy } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const array = { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] };
 * assertEquals(parseNpy(npyBytes(array.data, array.shape)), array);
 * ```
 */
export function npyBytes(data: NpyData, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const elements = _elements(shape);
  if (elements !== data.length) {
    throw new TypeError(
      `Cannot write an array: shape [${shape}] needs as many elements as its product, ` +
        `current number is ${data.length}`,
    );
  }
  const [descr, content] = _isTexts(data) ? _textBytes(data) : _numberBytes(data);
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // The format wants the elements to begin at a multiple of 64 bytes, after a line end.
  const start = 64 * Math.ceil((PREFIX + dictionary.length + 1) / 64);
  const bytes = new Uint8Array(start + content.length);
  bytes.set([...MAGIC, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, start - PREFIX, true);
  const header = dictionary.padEnd(start - PREFIX - 1) + "\n";
  bytes.set(new TextEncoder().encode(header), PREFIX);
  bytes.set(content, start);
  return bytes;
}

/**
 * Reads the bytes of a `.npy` file.
 *
 * Booleans and integers of 8 and 16 bits come as {@linkcode Int32Array} (unsigned bytes as
 * {@linkcode Uint8Array}), integers of 64 bits as {@linkcode Float64Array}.
 *
 * @param bytes The whole file.
 * @param source The file's name in errors.
 * @returns The array, in memory of its own.
 * @throws {TypeError} If these are not the bytes of a `.npy` file, it was cut off, its elements have
 * another type, or it is in column-major order.
 * @throws {RangeError} If an integer of 64 bits lies beyond 2^53.
 *
 * @example A file that was cut off
 * ```ts
 * import { npyBytes, parseNpy } from "@hexmover/hexmover/datasets";
 * import { assertThrows } from "@std/assert";
 *
 * const bytes = npyBytes(Int32Array.of(1, 2, 3), [3]);
 * assertThrows(() => parseNpy(bytes.subarray(0, -1)), TypeError, "cut off");
 * ```
 */
export function parseNpy(bytes: Uint8Array, source = "npy"): NpyArray {
  const { descr, shape, start } = _header(bytes, source);
  const [, endian, type, digits] = /^([<>|=])?([a-zA-Z])(\d+)$/.exec(descr) ?? [];
  const size = Number(digits);
  const elementBytes = type === "U" ? 4 * size : size;
  const count = _elements(shape);
  const needed = start + count * elementBytes;
  if (bytes.length < needed) {
    throw new TypeError(
      `Cannot read ${source}: it was cut off: [${shape}] elements of ${descr} need ${needed} bytes, ` +
        `current length is ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, count * elementBytes);
  const little = endian !== ">";
  if (type === "U") {
    return { data: Array.from({ length: count }, (_, k) => _text(view, k, size, little)), shape };
  }
  const reader = READERS[`${type}${size}`];
  if (reader === undefined) {
    throw new TypeError(
      `Cannot read ${source}: elements must be numbers or unicode texts, ` +
        `current type is ${descr}`,
    );
  }
  const data = new reader.ArrayClass(count);
  for (let k = 0; k < count; k++) data[k] = reader.read(view, k * elementBytes, little);
  if (size === 8 && type !== "f" && !data.every(Number.isSafeInteger)) {
    throw new RangeError(
      `Cannot read ${source}: integers must lie within +-(2^53 - 1), ` +
        `current value is ${data.find((value) => !Number.isSafeInteger(value))}`,
    );
  }
  return { data, shape };
}

const MAGIC = [0x93, ...new TextEncoder().encode("NUMPY")];
/** Bytes before the dictionary: magic, version, length. */
const PREFIX = 10;

interface _Reader {
  ArrayClass: new (length: number) => Exclude<NpyData, readonly string[]>;
  read(view: DataView, offset: number, little: boolean): number;
}

const READERS: Readonly<Record<string, _Reader>> = {
  f8: { ArrayClass: Float64Array, read: (view, at, little) => view.getFloat64(at, little) },
  f4: { ArrayClass: Float32Array, read: (view, at, little) => view.getFloat32(at, little) },
  i8: {
    ArrayClass: Float64Array,
    read: (view, at, little) => Number(view.getBigInt64(at, little)),
  },
  u8: {
    ArrayClass: Float64Array,
    read: (view, at, little) => Number(view.getBigUint64(at, little)),
  },
  i4: { ArrayClass: Int32Array, read: (view, at, little) => view.getInt32(at, little) },
  u4: { ArrayClass: Uint32Array, read: (view, at, little) => view.getUint32(at, little) },
  i2: { ArrayClass: Int32Array, read: (view, at, little) => view.getInt16(at, little) },
  u2: { ArrayClass: Int32Array, read: (view, at, little) => view.getUint16(at, little) },
  i1: { ArrayClass: Int32Array, read: (view, at) => view.getInt8(at) },
  u1: { ArrayClass: Uint8Array, read: (view, at) => view.getUint8(at) },
  b1: { ArrayClass: Int32Array, read: (view, at) => view.getUint8(at) },
};

function _header(
  bytes: Uint8Array,
  source: string,
): { descr: string; shape: number[]; start: number } {
  if (!MAGIC.every((byte, k) => bytes[k] === byte)) {
    throw new TypeError(`Cannot read ${source}: it does not begin as a .npy file`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const cutOff = new TypeError(`Cannot read ${source}: it was cut off inside its header`);
  if (bytes.length < 12) throw cutOff;
  // Since version 2 the length of the header takes four bytes.
  const [from, length] = bytes[6] === 1
    ? [PREFIX, view.getUint16(8, true)]
    : [PREFIX + 2, view.getUint32(8, true)];
  const start = from + length;
  if (bytes.length < start) throw cutOff;
  const text = new TextDecoder().decode(bytes.subarray(from, start));
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const tuple = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || tuple === undefined) {
    throw new TypeError(
      `Cannot read ${source}: its header must tell type, order and shape of plain elements, ` +
        `current header is ${text.trim()}`,
    );
  }
  const shape = tuple.split(",").filter((part) => part.trim() !== "").map(Number);
  if (order === "True" && shape.length > 1) {
    throw new TypeError(`Cannot read ${source}: its order must be row-major (fortran_order False)`);
  }
  return { descr, shape, start };
}

function _elements(shape: readonly number[]): number {
  const bad = shape.find((length) => !Number.isSafeInteger(length) || length < 0);
  if (bad !== undefined) {
    throw new TypeError(
      `Cannot shape an array: lengths must be integers >= 0, current value is ${bad}`,
    );
  }
  return shape.reduce((product, length) => product * length, 1);
}

function _isTexts(data: NpyData): data is readonly string[] {
  return Array.isArray(data);
}

function _numberBytes(data: Exclude<NpyData, readonly string[]>): [string, Uint8Array] {
  const width = data.BYTES_PER_ELEMENT;
  const kind = data instanceof Int32Array ? "i" : /^Uint/.test(data.constructor.name) ? "u" : "f";
  const descr = `${width === 1 ? "|" : "<"}${kind}${width}`;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (width === 1 || LITTLE_ENDIAN) return [descr, bytes];
  const swapped = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    swapped[at] = bytes[at - at % width + width - 1 - at % width];
  }
  return [descr, swapped];
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function _textBytes(texts: readonly string[]): [string, Uint8Array] {
  // An empty type, <U0, would not be read back by every version.
  let longest = 1;
  for (const text of texts) {
    if (!text.isWellFormed() || text.endsWith("\0")) {
      throw new RangeError(
        "Cannot write an array: a text must be whole characters and not end in U+0000, " +
          `current value is ${JSON.stringify(text)}`,
      );
    }
    longest = Math.max(longest, [...text].length);
  }
  const bytes = new Uint8Array(texts.length * longest * 4);
  const view = new DataView(bytes.buffer);
  texts.forEach((text, k) => {
    let at = k * longest * 4;
    for (const character of text) {
      view.setUint32(at, character.codePointAt(0)!, true);
      at += 4;
    }
  });
  return [`<U${longest}`, bytes];
}

function _text(view: DataView, index: number, length: number, little: boolean): string {
  const points = Array.from(
    { length },
    (_, k) => view.getUint32(4 * (index * length + k), little),
  );
  let end = length;
  while (end > 0 && points[end - 1] === 0) end--;
  return String.fromCodePoint(...points.slice(0, end));
}
