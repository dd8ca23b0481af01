/**
 * Baskets of ROOT trees: a branch's numbers for some entries in a row, packed.
 *
 * A basket is a key (lengths, names, number of entries), then its content, mostly compressed: the
 * entries one after the other, big-endian, and behind them, where entries differ in length, the table
 * of where each begins. Source: the format as ROOT's manual and the classes TKey and TBasket have it.
 *
 * @module
 */

/** What is used of a branch, as jsroot reads it. */
export interface RootBranch {
  /** Its name. */
  readonly fName: string;
  /** Its title, which describes its type: "tc_pt[tc_n]/F". */
  readonly fTitle: string;
  /** The C++ class of its entries, for example "vector<float>"; absent for plain numbers. */
  readonly fClassName?: string;
  /** Number of its entries. */
  readonly fEntries: number;
  /** Its leaves: one, unless it is a structure. */
  readonly fLeaves: { readonly arr: readonly RootLeaf[] };
  /** Number of its baskets in the file. */
  readonly fWriteBasket: number;
  /** First entry of each basket, then the end of the last. */
  readonly fBasketEntry: ArrayLike<number>;
  /** Position of each basket in the file. */
  readonly fBasketSeek: ArrayLike<number>;
  /** Length of each basket in the file, in bytes. */
  readonly fBasketBytes: ArrayLike<number>;
}

/** What is used of a leaf, as jsroot reads it. */
export interface RootLeaf {
  /** "TLeafI", "TLeafElement" ... */
  readonly _typename: string;
  /** How many numbers it has at least; more than one for an array of fixed length. */
  readonly fLen: number;
  /** Whether its integers have no sign. */
  readonly fIsUnsigned: boolean;
  /** The leaf that says how many numbers an entry has, if they vary. */
  readonly fLeafCount?: unknown;
}

/** How the entries of a branch are packed. */
export interface Layout {
  /** Type of the numbers. */
  readonly type: NumberType;
  /** Numbers in an entry, or `undefined` when it varies. */
  readonly fixedLength?: number;
  /** Bytes before the numbers of an entry: 10 for a vector (byte count, version, length). */
  readonly headerBytes: 0 | 10;
}

/** The C++ types of numbers that are read. */
export type NumberType =
  | "bool"
  | "char"
  | "unsigned char"
  | "short"
  | "unsigned short"
  | "int"
  | "unsigned int"
  | "long"
  | "unsigned long"
  | "Long64_t"
  | "ULong64_t"
  | "float"
  | "double";

/** Bytes of a number, and how it is read. */
const NUMBERS: Readonly<
  Record<NumberType, readonly [bytes: number, read: (view: DataView, at: number) => number]>
> = {
  bool: [1, (view, at) => view.getUint8(at)],
  char: [1, (view, at) => view.getInt8(at)],
  "unsigned char": [1, (view, at) => view.getUint8(at)],
  short: [2, (view, at) => view.getInt16(at)],
  "unsigned short": [2, (view, at) => view.getUint16(at)],
  int: [4, (view, at) => view.getInt32(at)],
  "unsigned int": [4, (view, at) => view.getUint32(at)],
  long: [8, (view, at) => _exact(view.getBigInt64(at))],
  "unsigned long": [8, (view, at) => _exact(view.getBigUint64(at))],
  Long64_t: [8, (view, at) => _exact(view.getBigInt64(at))],
  ULong64_t: [8, (view, at) => _exact(view.getBigUint64(at))],
  float: [4, (view, at) => view.getFloat32(at)],
  double: [8, (view, at) => view.getFloat64(at)],
};

const LEAVES: Readonly<Record<string, NumberType>> = {
  TLeafO: "bool",
  TLeafB: "char",
  TLeafS: "short",
  TLeafI: "int",
  TLeafL: "Long64_t",
  TLeafG: "long",
  TLeafF: "float",
  TLeafD: "double",
};

const UNSIGNED: Readonly<Partial<Record<NumberType, NumberType>>> = {
  char: "unsigned char",
  short: "unsigned short",
  int: "unsigned int",
  long: "unsigned long",
  Long64_t: "ULong64_t",
};

/**
 * How the entries of a branch are packed.
 *
 * @param branch The branch.
 * @returns The layout, or `undefined` when the branch holds something else than numbers, arrays of
 * numbers or vectors of numbers.
 *
 * @example
 * ```ts
 * import { layoutOf } from "./root_baskets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const leaf = { _typename: "TLeafI", fLen: 1, fIsUnsigned: true, fLeafCount: null };
 * const branch = { fName: "run", fTitle: "run/i", fEntries: 0, fLeaves: { arr: [leaf] } };
 * const noBaskets = { fWriteBasket: 0, fBasketEntry: [], fBasketSeek: [], fBasketBytes: [] };
 * assertEquals(
 *   layoutOf({ ...branch, ...noBaskets }),
 *   { type: "unsigned int", fixedLength: 1, headerBytes: 0 },
 * );
 * ```
 */
export function layoutOf(branch: RootBranch): Layout | undefined {
  if (branch.fLeaves.arr.length !== 1) return undefined;
  const [leaf] = branch.fLeaves.arr;
  if (leaf._typename === "TLeafElement") {
    const element = /^vector<(.+)>$/.exec(branch.fClassName ?? "")?.[1] ?? "";
    return Object.hasOwn(NUMBERS, element)
      ? { type: element as NumberType, headerBytes: 10 }
      : undefined;
  }
  const signed = LEAVES[leaf._typename];
  if (signed === undefined) return undefined;
  const type = leaf.fIsUnsigned ? UNSIGNED[signed] ?? signed : signed;
  return leaf.fLeafCount
    ? { type, headerBytes: 0 }
    : { type, fixedLength: leaf.fLen, headerBytes: 0 };
}

/**
 * Decodes a basket.
 *
 * @param bytes The basket, key and content.
 * @param entries How many entries it must have.
 * @param layout How they are packed.
 * @param unzip Decompresses content to a known number of bytes, or tells by `null` that it cannot.
 * @returns The numbers of each entry.
 * @throws {RangeError} If the basket has another length or number of entries than it says, or an
 * integer is beyond 2^53.
 */
export async function decodeBasket(
  bytes: Uint8Array<ArrayBuffer>,
  entries: number,
  layout: Layout,
  unzip: (content: DataView, length: number) => Promise<DataView | null>,
): Promise<Float64Array[]> {
  const key = _readKey(bytes);
  if (key.bytes !== bytes.length) {
    throw new RangeError(`a basket of ${bytes.length} bytes says that it has ${key.bytes}`);
  }
  if (key.entries !== entries) {
    throw new RangeError(`a basket of ${entries} entries says that it has ${key.entries}`);
  }
  const packed = new DataView(bytes.buffer, bytes.byteOffset + key.keyBytes);
  const content = packed.byteLength === key.contentBytes
    ? packed
    : await unzip(packed, key.contentBytes);
  if (content?.byteLength !== key.contentBytes) {
    throw new RangeError("a basket cannot be decompressed");
  }

  const [size, read] = NUMBERS[layout.type];
  const begins = _begins(content, key, layout, size);
  return Array.from({ length: entries }, (_, entry) => {
    const begin = begins[entry] + layout.headerBytes;
    const bytesOfEntry = begins[entry + 1] - begin;
    const length = bytesOfEntry / size;
    const told = layout.headerBytes > 0 ? content.getUint32(begin - 4) : length;
    if (bytesOfEntry < 0 || !Number.isInteger(length) || length !== told) {
      throw new RangeError(
        `an entry of ${bytesOfEntry} bytes cannot hold ${told} numbers of ${size} bytes`,
      );
    }
    return Float64Array.from({ length }, (_, i) => read(content, begin + i * size));
  });
}

/** What a basket's key says of it. */
interface _Key {
  /** Length of the whole basket. */
  bytes: number;
  /** Length of the key. */
  keyBytes: number;
  /** Length of the content when it is not compressed. */
  contentBytes: number;
  /** Number of entries. */
  entries: number;
  /** Where the entries end, counted from the beginning of the key. */
  last: number;
}

function _readKey(bytes: Uint8Array<ArrayBuffer>): _Key {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLarge = view.getInt16(4) > 1000; // the version: positions of 8 bytes
  let at = isLarge ? 34 : 26;
  // Class, name and title: a byte for the length, and four more for a long text.
  for (let text = 0; text < 3; text++) {
    const length = view.getUint8(at);
    at += length === 255 ? 5 + view.getUint32(at + 1) : 1 + length;
  }
  at += 2 + 4; // version, size of the buffer
  const hasFeatures = view.getInt32(at) < 0; // a byte of flags follows
  at += hasFeatures ? 5 : 4;
  return {
    bytes: view.getInt32(0),
    keyBytes: view.getUint16(14),
    contentBytes: view.getUint32(6),
    entries: view.getInt32(at),
    last: view.getInt32(at + 4),
  };
}

/** Where each entry begins in the content, then where the last ends. */
function _begins(content: DataView, key: _Key, layout: Layout, size: number): number[] {
  const end = key.last - key.keyBytes;
  if (layout.fixedLength !== undefined) {
    const stride = layout.fixedLength * size;
    return Array.from({ length: key.entries + 1 }, (_, entry) => entry * stride);
  }
  if (end === content.byteLength && key.entries === 1) return [0, end];
  // The number of entries (or one more), then the places, counted from the beginning of the key.
  if (content.getInt32(end) < key.entries) {
    throw new RangeError(`a basket of ${key.entries} entries has too few places of entries`);
  }
  const begins = Array.from(
    { length: key.entries },
    (_, entry) => content.getInt32(end + 4 + 4 * entry) - key.keyBytes,
  );
  return [...begins, end];
}

/** Integers above 2^53 would be rounded without a word. */
function _exact(integer: bigint): number {
  const number = Number(integer);
  if (!Number.isSafeInteger(number)) throw new RangeError(`integer ${integer} is beyond 2^53`);
  return number;
}
