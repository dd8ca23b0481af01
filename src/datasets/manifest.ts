/**
 * What stands beside a file of wafers: what it holds, where it comes from, and its checksum.
 *
 * @module
 */
import type { Charges, WaferTable } from "./wafer_table.ts";

/** A value that JSON can hold. */
export type ManifestValue =
  | null
  | boolean
  | number
  | string
  | readonly ManifestValue[]
  | { readonly [name: string]: ManifestValue };

/** Where the wafers of a file come from. */
export interface WaferOrigin {
  /** Seed of the random streams; none where nothing is random. */
  readonly seed: number | null;
  /** Options of the program that made the file. */
  readonly config: Readonly<Record<string, ManifestValue>>;
  /** Version of the program. */
  readonly version: string;
}

/** What a table holds, without the wafers. */
export interface WaferContent {
  /** Number of wafers. */
  readonly wafers: number;
  /** Number of events; none where there is no column `event`. */
  readonly events: number | null;
  /** Whether there are raw charges beside the charges. */
  readonly rawCharges: boolean;
  /** The further columns in their order. */
  readonly columns: readonly { readonly name: string; readonly type: "numbers" | "texts" }[];
}

/** The manifest of a file of wafers. */
export interface WaferManifest extends WaferOrigin, WaferContent {
  /** Version of this layout. */
  readonly schema: 1;
  /** The file's name, without folders. */
  readonly file: string;
  /** Its length in bytes. */
  readonly bytes: number;
  /** SHA-256 of its bytes, 64 hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Counts what tables hold.
 *
 * @param tables The tables, with the same columns and the wafers of each event together.
 * @returns Numbers of wafers and events, and the columns of the first table.
 * @throws {TypeError} If there is no table.
 *
 * @example
 * ```ts
 * import { waferContent, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(3 * 48), { event: Float64Array.of(4, 4, 7) });
 * const { wafers, events } = await waferContent([table]);
 * assertEquals([wafers, events], [3, 2]);
 * ```
 */
export async function waferContent(
  tables: Iterable<WaferTable<Charges>> | AsyncIterable<WaferTable<Charges>>,
): Promise<WaferContent> {
  let first: WaferTable<Charges> | undefined;
  let wafers = 0;
  let events = 0;
  let last: number | string | undefined;
  for await (const table of tables) {
    first ??= table;
    wafers += table.count;
    for (const event of table.columns.event ?? []) {
      if (!Object.is(event, last)) events++;
      last = event;
    }
  }
  if (first === undefined) throw new TypeError("Cannot count wafers: there is no table");
  return {
    wafers,
    events: first.columns.event === undefined ? null : events,
    rawCharges: first.rawCharges !== undefined,
    columns: Object.entries(first.columns).map(([name, column]) => ({
      name,
      type: column instanceof Float64Array ? "numbers" : "texts",
    })),
  };
}

/**
 * A manifest as JSON text. Equal manifests give equal texts.
 *
 * @param manifest The manifest.
 * @returns The text, with keys in a fixed order but for those of `config`, which keep theirs.
 * @throws {RangeError} If a number is NaN or infinite: JSON has none.
 *
 * @example
 * ```ts
 * import { formatManifest, parseManifest, type WaferManifest } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const manifest: WaferManifest = {
 *   schema: 1,
 *   file: "toy.parquet",
 *   bytes: 1234,
 *   sha256: "0".repeat(64),
 *   wafers: 3,
 *   events: null,
 *   rawCharges: false,
 *   columns: [{ name: "eta", type: "numbers" }],
 *   seed: 1,
 *   config: { kind: "shower" },
 *   version: "0.1.0",
 * };
 * assertEquals(parseManifest(formatManifest(manifest)), manifest);
 * ```
 */
export function formatManifest(manifest: WaferManifest): string {
  const {
    schema,
    file,
    bytes,
    sha256,
    wafers,
    events,
    rawCharges,
    columns,
    seed,
    config,
    version,
  } = manifest;
  const text = JSON.stringify(
    { schema, file, bytes, sha256, wafers, events, rawCharges, columns, seed, config, version },
    (name, value) => {
      if (typeof value !== "number" || Number.isFinite(value)) return value;
      throw new RangeError(
        `Cannot write the manifest of ${file}: ${name} must be a finite number, ` +
          `current value is ${value}`,
      );
    },
    2,
  );
  return text + "\n";
}

/**
 * Reads a manifest from JSON text.
 *
 * @param text The text.
 * @param source The file's name in errors.
 * @returns The manifest.
 * @throws {TypeError} If the text is not JSON, or an entry is missing or of another type.
 *
 * @example
 * ```ts
 * import { parseManifest } from "@hexmover/hexmover/datasets";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => parseManifest("{}", "a.manifest.json"), TypeError, "schema must be 1");
 * ```
 */
export function parseManifest(text: string, source = "manifest"): WaferManifest {
  let manifest: Record<string, unknown>;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`Cannot read ${source}: it is not JSON`, { cause });
  }
  for (const [name, { isRight, what }] of Object.entries(ENTRIES)) {
    const value = manifest?.[name];
    if (isRight(value)) continue;
    throw new TypeError(
      `Cannot read ${source}: ${name} must be ${what}, current value is ${JSON.stringify(value)}`,
    );
  }
  return manifest as unknown as WaferManifest;
}

const COUNT = { isRight: _isCount, what: "an integer >= 0" };
const TEXT = { isRight: (value: unknown) => typeof value === "string", what: "a text" };

/** What each entry of a manifest must be. */
const ENTRIES: Record<
  keyof WaferManifest,
  { isRight: (value: unknown) => boolean; what: string }
> = {
  schema: { isRight: (value) => value === 1, what: "1" },
  file: TEXT,
  bytes: COUNT,
  sha256: {
    isRight: (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
    what: "64 hexadecimal digits",
  },
  wafers: COUNT,
  events: {
    isRight: (value) => value === null || _isCount(value),
    what: "an integer >= 0, or null",
  },
  rawCharges: { isRight: (value) => typeof value === "boolean", what: "true or false" },
  columns: {
    isRight: (value) => Array.isArray(value) && value.every(_isColumn),
    what: "a list of { name, type }, of type numbers or texts",
  },
  seed: {
    isRight: (value) => value === null || Number.isFinite(value),
    what: "a number, or null",
  },
  config: {
    isRight: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    what: "an object",
  },
  version: TEXT,
};

function _isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function _isColumn(value: { name?: unknown; type?: unknown } | null): boolean {
  return typeof value?.name === "string" && (value.type === "numbers" || value.type === "texts");
}
