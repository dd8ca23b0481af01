/**
 * Reading trees of numbers from ROOT files, an entry at a time.
 *
 * jsroot knows the file: its keys, the classes in it, the compressions. Baskets (the pieces into which
 * a branch is cut) are decoded here, because jsroot's own loop over a tree leaves an error in a damaged
 * basket uncaught, and ends the program.
 *
 * This is the only file that names jsroot, which brings 180 MB of packages: no `mod.ts` may import it.
 *
 * @module
 */
import { FileProxy, openFile, R__unzip } from "npm:jsroot@7.11.2/io";
import type { ByteSource } from "../formats/byte_source_deno.ts";
import { decodeBasket, type Layout, layoutOf, type RootBranch } from "./root_baskets.ts";

/** The numbers of one entry by branch: one for a plain number, any number of them for a vector. */
export type RootEntry = Readonly<Record<string, Float64Array>>;

/** A tree of a ROOT file. */
export interface RootTree {
  /** The file's name, for errors. */
  readonly file: string;
  /** Number of entries. */
  readonly entries: number;
  /** Names of its branches, in their order. */
  readonly branches: readonly string[];
  /**
   * Reads some branches of one entry. Memory is bounded by one basket for each branch; entries read in
   * their order cost one decoding of each basket.
   *
   * @param entry Number of the entry, an integer in [0, entries).
   * @param names Names of branches that hold numbers, arrays or vectors of numbers.
   * @returns The numbers of each; to be read, not to be changed.
   * @throws {RangeError} If there is no such entry.
   * @throws {TypeError} If there is no such branch (the error lists those there are), it holds
   * something else than numbers, an integer is beyond 2^53, or the file is damaged; the error names
   * file, branch and entries.
   */
  read(entry: number, names: readonly string[]): Promise<RootEntry>;
}

/**
 * Opens a tree of a ROOT file. Only pieces of the file are read: its table of contents now, baskets
 * when they are asked for.
 *
 * @param source The file.
 * @param path The tree's name, after its folders: "folder/tree".
 * @returns The tree.
 * @throws {TypeError} If it is not a ROOT file, it is truncated or damaged, or there is no such tree;
 * the error names the file, and lists the trees that there are.
 *
 * @example
 * ```ts ignore
 * import { openByteSource } from "../formats/byte_source_deno.ts";
 * import { openRootTree } from "./root.ts";
 *
 * using file = await openByteSource("ntuple.root");
 * const tree = await openRootTree(file, "folder/HGCalTriggerNtuple");
 * for (let entry = 0; entry < tree.entries; entry++) {
 *   const { gen_pt, tc_data } = await tree.read(entry, ["gen_pt", "tc_data"]);
 *   console.log(entry, gen_pt[0], tc_data.length);
 * }
 * ```
 */
export async function openRootTree(source: ByteSource, path: string): Promise<RootTree> {
  await _checkHeader(source);
  const file = await _orDamaged(source, "its table of contents", async () => {
    const opened: JsrootFile = await openFile(new _Proxy(source));
    // jsroot goes on without them.
    if (!opened.fStreamerInfos) throw new TypeError("the descriptions of classes are unreadable");
    return opened;
  });
  const trees = await _orDamaged(source, "its list of trees", () => _trees(file));
  if (!trees.includes(path)) {
    throw new TypeError(
      `Cannot read ${source.name}: there is no tree ${path}, there ` +
        (trees.length === 0 ? "is none at all" : `is [${trees.join(", ")}]`),
    );
  }
  const tree: JsrootTree = await _orDamaged(source, `tree ${path}`, () => file.readObject(path));
  const branches = new Map(tree.fBranches.arr.map((branch) => [branch.fName, branch]));
  const readers = new Map<string, _BranchReader>();

  return {
    file: source.name,
    entries: tree.fEntries,
    branches: [...branches.keys()],
    read: async (entry, names) => {
      if (!Number.isInteger(entry) || entry < 0 || entry >= tree.fEntries) {
        throw new RangeError(
          `Cannot read ${source.name}: entry must be an integer in [0, ${tree.fEntries}), ` +
            `current value is ${entry}`,
        );
      }
      const values: Record<string, Float64Array> = {};
      for (const name of names) {
        const branch = branches.get(name);
        if (branch === undefined) {
          throw new TypeError(
            `Cannot read ${source.name}: tree ${path} has no branch ${name}, ` +
              `it has [${[...branches.keys()].join(", ")}]`,
          );
        }
        let reader = readers.get(name);
        if (reader === undefined) {
          readers.set(name, reader = new _BranchReader(source, branch, tree.fEntries));
        }
        values[name] = await reader.at(entry);
      }
      return values;
    },
  };
}

/** What is used of jsroot, which has no types here. */
interface JsrootFile {
  readonly fStreamerInfos?: unknown;
  readonly fKeys: readonly { readonly fName: string; readonly fClassName: string }[];
  readObject(path: string): Promise<never>;
}
interface JsrootTree {
  readonly fEntries: number;
  readonly fBranches: { readonly arr: readonly RootBranch[] };
}

/** jsroot reads a file through this, a piece at a time. */
class _Proxy extends FileProxy {
  #source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  async openFile(): Promise<boolean> {
    return true;
  }

  getFileName(): string {
    return this.#source.name;
  }

  getFileSize(): number {
    return this.#source.size;
  }

  async readBuffer(position: number, length: number): Promise<DataView> {
    return new DataView((await this.#source.read(position, length)).buffer);
  }
}

/** A branch, with the basket that was used last. */
class _BranchReader {
  readonly #source: ByteSource;
  readonly #branch: RootBranch;
  readonly #layout: Layout;
  #first = 0;
  #entries: readonly Float64Array[] = [];

  constructor(source: ByteSource, branch: RootBranch, treeEntries: number) {
    this.#source = source;
    this.#branch = branch;
    const layout = layoutOf(branch);
    if (layout === undefined) {
      throw new TypeError(
        `Cannot read branch ${branch.fName} of ${source.name}: it must hold numbers, or arrays or ` +
          `vectors of numbers, current type is ${branch.fClassName ?? branch.fTitle}`,
      );
    }
    if (branch.fEntries !== treeEntries) {
      throw new TypeError(
        `Cannot read branch ${branch.fName} of ${source.name}: it must have the tree's ` +
          `${treeEntries} entries, current number is ${branch.fEntries}`,
      );
    }
    this.#layout = layout;
  }

  async at(entry: number): Promise<Float64Array> {
    const found = this.#entries[entry - this.#first];
    if (found !== undefined) return found;

    const { fBasketEntry, fWriteBasket, fBasketSeek, fBasketBytes, fName } = this.#branch;
    let basket = 0;
    while (basket + 1 < fWriteBasket && fBasketEntry[basket + 1] <= entry) basket++;
    const [first, end] = [fBasketEntry[basket], fBasketEntry[basket + 1]];
    if (fWriteBasket === 0 || !(entry < end)) {
      throw new TypeError(
        `Cannot read branch ${fName} of ${this.#source.name}: entry ${entry} stands in a basket ` +
          "that was left inside the tree, which this reader does not know",
      );
    }
    this.#entries = await _orDamaged(
      this.#source,
      `branch ${fName}, entries ${first} to ${end - 1}`,
      async () => {
        const bytes = await this.#source.read(fBasketSeek[basket], fBasketBytes[basket]);
        return await decodeBasket(bytes, end - first, this.#layout, _unzip);
      },
    );
    this.#first = first;
    return this.#entries[entry - first];
  }
}

/** The beginning of a ROOT file says how long the file is. */
async function _checkHeader(source: ByteSource): Promise<void> {
  const head = await source.read(0, 64);
  if (new TextDecoder("latin1").decode(head.subarray(0, 4)) !== "root") {
    throw new TypeError(
      `Cannot read ${source.name}: it is not a ROOT file, which begins with the word root`,
    );
  }
  // Without a whole header the length is unknown, and more than 64 bytes.
  let size = 64;
  if (head.length === 64) {
    const view = new DataView(head.buffer);
    const isLarge = view.getUint32(4) >= 1_000_000; // the version: 64-bit positions
    size = isLarge ? Number(view.getBigUint64(12)) : view.getUint32(12);
  }
  if (source.size < size) {
    throw new TypeError(
      `Cannot read ${source.name}: it is truncated, it must have ${size} bytes, ` +
        `current size is ${source.size}`,
    );
  }
}

/** Paths of all trees. */
async function _trees(file: JsrootFile): Promise<string[]> {
  const trees = new Set<string>();
  const scan = async (folder: JsrootFile, prefix: string) => {
    for (const { fName, fClassName } of folder.fKeys) {
      if (fClassName === "TTree") trees.add(prefix + fName);
      if (fClassName.startsWith("TDirectory")) {
        await scan(await file.readObject(prefix + fName), `${prefix}${fName}/`);
      }
    }
  };
  await scan(file, "");
  return [...trees];
}

/** Whatever is thrown on wrong bytes (out of bounds, undefined ...) means the same to a user. */
async function _orDamaged<T>(source: ByteSource, what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : cause;
    throw new TypeError(`Cannot read ${source.name}: ${what}: ${message}`, { cause });
  }
}

/** The `true` keeps jsroot from printing. */
function _unzip(content: DataView, length: number): Promise<DataView | null> {
  return R__unzip(content, length, true);
}
