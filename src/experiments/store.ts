/**
 * Where results and checkpoints are kept. The one thing that code which must also run in a browser
 * knows of a disk.
 */
export interface Store {
  /**
   * Reads a file whole.
   *
   * @param path Relative path with `/` between folders, for example `"fig5/0a1b/result.json"`.
   * @returns The bytes, or `undefined` when there is no such file.
   * @throws {RangeError} If the path is not a plain relative one.
   */
  read(path: string): Promise<Uint8Array | undefined>;
  /**
   * Writes a file whole: afterwards it holds these bytes, or, when writing failed, what it held
   * before. Folders are made as needed.
   *
   * @param path Relative path with `/` between folders.
   * @param bytes What the file shall hold.
   * @throws {RangeError} If the path is not a plain relative one.
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
}

/**
 * A store in memory, for tests, notebooks and browsers.
 *
 * @returns An empty store. It keeps copies: bytes changed after writing or reading do not show.
 *
 * @example
 * ```ts
 * import { memoryStore } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memoryStore();
 * await store.write("a/b.txt", new TextEncoder().encode("hello"));
 * assertEquals(new TextDecoder().decode(await store.read("a/b.txt")), "hello");
 * assertEquals(await store.read("a/c.txt"), undefined);
 * ```
 */
export function memoryStore(): Store {
  const files = new Map<string, Uint8Array>();
  return {
    async read(path) {
      assertStorePath(path);
      return files.get(path)?.slice();
    },
    async write(path, bytes) {
      assertStorePath(path);
      files.set(path, bytes.slice());
    },
  };
}

/**
 * Checks that a path stays inside a store: relative, `/` between its parts, no part that is empty,
 * `.` or `..`, no backslash, drive letter or NUL.
 *
 * @param path The path to check.
 * @throws {RangeError} If the path could lead out of the store, or is written in a second way.
 *
 * @example
 * ```ts
 * import { assertStorePath } from "@hexmover/hexmover/experiments";
 * import { assertThrows } from "@std/assert";
 *
 * assertStorePath("fig5/0a1b/result.json");
 * assertThrows(() => assertStorePath("../secret"), RangeError, '"../secret"');
 * ```
 */
export function assertStorePath(path: string): void {
  const parts = path.split("/");
  const isPlain = parts.every((part) => part !== "" && part !== "." && part !== "..");
  // deno-lint-ignore no-control-regex
  if (isPlain && !/[\\:\x00]/.test(path)) return;
  throw new RangeError(
    `Cannot use a path of a store: it must be relative, with plain names between "/", ` +
      `current value is ${JSON.stringify(path)}`,
  );
}
