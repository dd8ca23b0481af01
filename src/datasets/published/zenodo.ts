/**
 * Records of Zenodo: which files there are, and what is to be done to have them all.
 *
 * @module
 */

/** The records of the paper's ROOT samples. */
export const PUBLISHED_RECORDS: readonly number[] = Object.freeze([8338608, 8408943]);

/** A file of a record. */
export interface ZenodoFile {
  /** Its name: a plain one that cannot leave a folder. */
  readonly name: string;
  /** Its length in bytes. */
  readonly size: number;
  /** Its MD5 checksum, 32 hexadecimal digits. */
  readonly md5: string;
  /** Where its content is. */
  readonly url: string;
}

/** A record. */
export interface ZenodoRecord {
  /** Its title. */
  readonly title: string;
  /** Its files, in the order of their names. */
  readonly files: readonly ZenodoFile[];
}

/** What is there of a file: lengths in bytes, `undefined` where nothing is. */
export interface PresentFile {
  /** Under its name. */
  readonly size: number | undefined;
  /** Under its name with the ending `.partial`. */
  readonly partialSize: number | undefined;
}

/**
 * What is to be done to have a file: `check` the checksum of the one that is there, or `download` it
 * from a byte on.
 */
export type DownloadStep = { readonly kind: "check" } | {
  readonly kind: "download";
  readonly from: number;
};

/**
 * Reads what Zenodo's API answers to `/api/records/NUMBER`.
 *
 * @param answer The answer, parsed as JSON; nothing is taken for granted.
 * @param baseUrl The server; files elsewhere are refused.
 * @returns The record.
 * @throws {TypeError} If the answer does not describe a record with files and their MD5 checksums.
 * @throws {RangeError} If the name of a file could leave the folder or stand for another file, two names
 * are the same, or a file's address is on another server; the error names the file.
 *
 * @example
 * ```ts
 * import { parseZenodoRecord } from "./zenodo.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { files } = parseZenodoRecord({
 *   metadata: { title: "Sample" },
 *   files: [{
 *     key: "ntuple.root",
 *     size: 12,
 *     checksum: "md5:0123456789abcdef0123456789abcdef",
 *     links: { self: "https://zenodo.org/api/records/1/files/ntuple.root/content" },
 *   }],
 * }, "https://zenodo.org");
 * assertEquals(files[0].name, "ntuple.root");
 * ```
 */
export function parseZenodoRecord(answer: unknown, baseUrl: string): ZenodoRecord {
  const record = answer as _Answer | null | undefined;
  const listed = record?.files;
  if (!Array.isArray(listed)) {
    throw new TypeError("Cannot read a record: its answer must have a list of files");
  }
  const files = listed.map((file, index) => _file(file, index, baseUrl));
  const names = new Set<string>();
  for (const { name } of files) {
    // Some systems do not tell upper from lower case, or the ways of writing an accent.
    const folded = name.normalize("NFC").toLowerCase();
    if (names.has(folded)) {
      throw new RangeError(`Cannot read a record: two of its files are called ${_quoted(name)}`);
    }
    names.add(folded);
  }
  files.sort((a, b) => a.name < b.name ? -1 : 1);
  return { title: String(record?.metadata?.title ?? ""), files };
}

/**
 * Checks that a name stands for a file in the folder in which it is used, on any system.
 *
 * @param name The name.
 * @returns The name.
 * @throws {RangeError} If it is empty, begins with a point (`..` among them), or has a separator, a
 * colon, a control character or the ending of unfinished downloads.
 *
 * @example
 * ```ts
 * import { checkFileName } from "./zenodo.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(checkFileName("ntuple_1.root"), "ntuple_1.root");
 * assertThrows(() => checkFileName("../.bashrc"), RangeError, "leave the folder");
 * ```
 */
export function checkFileName(name: string): string {
  const isPlain = name !== "" && !name.startsWith(".") && !/[/\\:\p{Cc}]/u.test(name) &&
    !/[. ]$/.test(name) && !name.toLowerCase().endsWith(".partial");
  if (isPlain) return name;
  throw new RangeError(
    "Cannot download a file: its name must be a plain one, which cannot leave the folder or stand " +
      `for something else, current name is ${_quoted(name)}`,
  );
}

/**
 * What is to be done to have a file.
 *
 * @param file The file.
 * @param present What is there of it.
 * @returns The next step. A file that is there is never replaced; a part that is longer than the file
 * is of no use.
 *
 * @example
 * ```ts
 * import { planDownload } from "./zenodo.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const step = planDownload({ size: 100 }, { size: undefined, partialSize: 40 });
 * assertEquals(step, { kind: "download", from: 40 });
 * ```
 */
export function planDownload(file: Pick<ZenodoFile, "size">, present: PresentFile): DownloadStep {
  if (present.size !== undefined) return { kind: "check" };
  const { partialSize = 0 } = present;
  return { kind: "download", from: partialSize <= file.size ? partialSize : 0 };
}

/** What is used of the answer. */
interface _Answer {
  metadata?: { title?: unknown };
  files?: unknown;
}
interface _AnswerFile {
  key?: unknown;
  size?: unknown;
  checksum?: unknown;
  links?: { self?: unknown };
}

function _file(answer: _AnswerFile | null, index: number, baseUrl: string): ZenodoFile {
  const { key, size, checksum, links } = answer ?? {};
  if (typeof key !== "string") {
    throw new TypeError(`Cannot read a record: file ${index} must have a name`);
  }
  const name = checkFileName(key);
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw new TypeError(
      `Cannot read a record: size of ${name} must be an integer >= 0, current value is ${size}`,
    );
  }
  const md5 = /^md5:([0-9a-f]{32})$/.exec(String(checksum))?.[1];
  if (md5 === undefined) {
    throw new TypeError(
      `Cannot read a record: checksum of ${name} must be "md5:" and 32 hexadecimal digits, ` +
        `current value is ${checksum}`,
    );
  }
  const url = URL.parse(String(links?.self));
  if (url?.origin !== new URL(baseUrl).origin) {
    throw new RangeError(
      `Cannot read a record: the address of ${name} must be on ${baseUrl}, ` +
        `current value is ${links?.self}`,
    );
  }
  return { name, size, md5, url: url.href };
}

/** Control characters must not reach a terminal. */
function _quoted(name: string): string {
  return JSON.stringify(name);
}
