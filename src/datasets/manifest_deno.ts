/**
 * Manifests of wafer files on disk.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { openByteSource } from "./formats/byte_source_deno.ts";
import { readWafers } from "./files_deno.ts";
import {
  formatManifest,
  parseManifest,
  waferContent,
  type WaferManifest,
  type WaferOrigin,
} from "./manifest.ts";
import { fileName, writeWholeFile } from "./formats/whole_file_deno.ts";

/** Bytes of a file that are hashed at a time. */
const PIECE_BYTES = 1 << 20;

/**
 * Writes the manifest of a file of wafers beside it: `NAME.parquet.manifest.json` for `NAME.parquet`.
 *
 * The file is read once more for it, so that what the manifest says is what a reader will find.
 * Needs permission to read the file and to read and write in its folder.
 *
 * @param path The file, as {@linkcode readWafers} reads it.
 * @param origin Where its wafers come from.
 * @returns The manifest.
 * @throws {TypeError | RangeError} If the file does not hold wafers, or the origin a number that is
 * not finite.
 * @throws {Deno.errors.NotFound} If there is no such file.
 *
 * @example
 * ```ts ignore
 * import { toyWafers, writeManifest, writeWafers } from "@hexmover/hexmover/datasets";
 *
 * await writeWafers("results/toy.parquet", toyWafers("shower", 1000, 7));
 * await writeManifest("results/toy.parquet", {
 *   seed: 7,
 *   config: { kind: "shower", count: 1000 },
 *   version: "0.1.0",
 * });
 * ```
 */
export async function writeManifest(
  path: string | URL,
  origin: WaferOrigin,
): Promise<WaferManifest> {
  const manifest: WaferManifest = {
    schema: 1,
    file: _baseName(path),
    ...await _checksum(path),
    ...await waferContent(readWafers(path)),
    ...origin,
  };
  const text = formatManifest(manifest);
  await writeWholeFile(manifestPath(path), [new TextEncoder().encode(text)], "a manifest");
  return manifest;
}

/**
 * Reads the manifest that stands beside a file of wafers. Needs permission to read it.
 *
 * @param path The file of wafers.
 * @returns Its manifest.
 * @throws {TypeError} If the manifest cannot be understood, or is that of another file.
 * @throws {Deno.errors.NotFound} If there is no manifest.
 *
 * @example
 * ```ts ignore
 * import { readManifest } from "@hexmover/hexmover/datasets";
 *
 * const { wafers, events } = await readManifest("results/toy.parquet");
 * ```
 */
export async function readManifest(path: string | URL): Promise<WaferManifest> {
  const beside = manifestPath(path);
  const name = fileName(beside);
  let text: string;
  try {
    text = await Deno.readTextFile(beside);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(`Cannot read ${name}: there is no such file`, { cause });
  }
  const manifest = parseManifest(text, name);
  if (manifest.file !== _baseName(path)) {
    throw new TypeError(
      `Cannot read ${name}: it must be the manifest of ${_baseName(path)}, ` +
        `current one is that of ${manifest.file}`,
    );
  }
  return manifest;
}

/**
 * Checks that a file of wafers is the one that its manifest tells of. Needs permission to read both.
 *
 * @param path The file of wafers.
 * @returns Its manifest.
 * @throws {TypeError} If the file has another checksum or length, or the manifest cannot be
 * understood.
 * @throws {Deno.errors.NotFound} If one of them is missing.
 *
 * @example
 * ```ts ignore
 * import { readWafers, verifyManifest } from "@hexmover/hexmover/datasets";
 *
 * await verifyManifest("results/toy.parquet");
 * for await (const table of readWafers("results/toy.parquet")) console.log(table.count);
 * ```
 */
export async function verifyManifest(path: string | URL): Promise<WaferManifest> {
  const manifest = await readManifest(path);
  const { bytes, sha256 } = await _checksum(path);
  const wrong = bytes !== manifest.bytes
    ? `length must be ${manifest.bytes} bytes as its manifest says, current length is ${bytes}`
    : sha256 !== manifest.sha256
    ? `SHA-256 must be ${manifest.sha256} as its manifest says, current value is ${sha256}`
    : undefined;
  if (wrong === undefined) return manifest;
  throw new TypeError(`Cannot use ${fileName(path)}: its ${wrong}`);
}

/**
 * Where the manifest of a file stands.
 *
 * @param path The file.
 * @returns The path with `.manifest.json` behind it.
 *
 * @example
 * ```ts
 * import { manifestPath } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(manifestPath("data/toy.parquet"), "data/toy.parquet.manifest.json");
 * ```
 */
export function manifestPath(path: string | URL): string | URL {
  const renamed = (name: string) => `${name}.manifest.json`;
  if (typeof path === "string") return renamed(path);
  const beside = new URL(path);
  beside.pathname = renamed(beside.pathname);
  return beside;
}

function _baseName(path: string | URL): string {
  return fileName(path).replace(/^.*[/\\]/, "");
}

async function _checksum(path: string | URL): Promise<{ bytes: number; sha256: string }> {
  using file = await openByteSource(path);
  const hash = createHash("sha256");
  for (let start = 0; start < file.size; start += PIECE_BYTES) {
    hash.update(await file.read(start, PIECE_BYTES));
  }
  return { bytes: file.size, sha256: hash.digest("hex") };
}
