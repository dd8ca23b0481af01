import { decodeCheckpoint, encodeCheckpoint, type TrainingCheckpoint } from "./checkpoint.ts";
import type { CheckpointStore } from "./types.ts";

/** The number of a generation, in a checkpoint's facts. */
const GENERATION = "generation";

/** The newest checkpoint that can be read. */
export interface StoredCheckpoint {
  /** The path of its file. */
  readonly path: string;
  /** What it holds. */
  readonly checkpoint: TrainingCheckpoint;
}

/**
 * A run's checkpoint in a store: two files, `NAME.0` and `NAME.1`, written in turn, so that the one
 * before the newest is there whatever becomes of the newest.
 *
 * @example
 * ```ts
 * import { CheckpointFile } from "@hexmover/hexmover/tensor";
 * import { memoryStore } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memoryStore();
 * const file = new CheckpointFile(store, "fig5/network");
 * for (const step of [10, 20, 30]) await file.write({ facts: { step }, arrays: new Map() });
 * await store.write("fig5/network.0", Uint8Array.of(1, 2, 3)); // Something breaks the newest.
 * const warnings: string[] = [];
 * const newest = await file.read((warning) => warnings.push(warning));
 * assertEquals([newest?.path, newest?.checkpoint.facts.step], ["fig5/network.1", 20]);
 * assertEquals(warnings.length, 1);
 * ```
 */
export class CheckpointFile {
  readonly #store: CheckpointStore;
  readonly #paths: readonly [string, string];
  /** Generation and file of the next write; unknown before the first read or write. */
  #next: { generation: number; slot: number } | undefined;
  #newest: string | undefined;

  /**
   * Looks at nothing yet.
   *
   * @param store Where to keep it.
   * @param name Path of the files, without their last part.
   */
  constructor(store: CheckpointStore, name: string) {
    this.#store = store;
    this.#paths = [`${name}.0`, `${name}.1`];
  }

  /** The path of the newest file that was read or written, if any. */
  get newest(): string | undefined {
    return this.#newest;
  }

  /**
   * The newest checkpoint that can be read.
   *
   * @param warn Told of a file that cannot be used while the other can.
   * @returns The checkpoint, or `undefined` where there is no file.
   * @throws {TypeError} If there are files and none can be used; it names them.
   */
  async read(warn: (message: string) => void): Promise<StoredCheckpoint | undefined> {
    const { found, broken } = await this.#readAll();
    if (found.length === 0) {
      if (broken.length === 0) return undefined;
      throw new TypeError(
        `Cannot resume: of ${broken.map(({ path }) => path).join(" and ")} none is a whole ` +
          `checkpoint; remove them to begin anew`,
        { cause: broken[0].error },
      );
    }
    const { path, checkpoint } = found[0];
    for (const { path: brokenPath, error } of broken) {
      warn(`${brokenPath} is broken (${_message(error)}); going on from ${path}`);
    }
    this.#newest = path;
    return { path, checkpoint };
  }

  /**
   * Writes the next generation.
   *
   * @param checkpoint What to write.
   * @returns The path of the file.
   * @throws {Error} If the store fails; it names the file, and the one that is kept.
   */
  async write(checkpoint: TrainingCheckpoint): Promise<string> {
    if (this.#next === undefined) await this.#readAll();
    const { generation, slot } = this.#next!;
    const path = this.#paths[slot];
    const facts = { ...checkpoint.facts, [GENERATION]: generation };
    try {
      await this.#store.write(path, await encodeCheckpoint({ facts, arrays: checkpoint.arrays }));
    } catch (error) {
      const kept = this.#newest === undefined
        ? "there is none before it"
        : `${this.#newest} is kept`;
      throw new Error(`Cannot write checkpoint ${path}: ${_message(error)}; ${kept}`, {
        cause: error,
      });
    }
    this.#newest = path;
    this.#next = { generation: generation + 1, slot: 1 - slot };
    return path;
  }

  /** All that can be read, newest first. */
  async #readAll(): Promise<{ found: _Found[]; broken: { path: string; error: unknown }[] }> {
    const found: _Found[] = [], broken: { path: string; error: unknown }[] = [];
    for (const [slot, path] of this.#paths.entries()) {
      const bytes = await this.#store.read(path);
      if (bytes === undefined) continue;
      try {
        const checkpoint = await decodeCheckpoint(bytes);
        found.push({ path, slot, checkpoint, generation: Number(checkpoint.facts[GENERATION]) });
      } catch (error) {
        broken.push({ path, error });
      }
    }
    found.sort((a, b) => b.generation - a.generation);
    // Never over the newest.
    this.#next = found.length === 0
      ? { generation: 0, slot: 0 }
      : { generation: found[0].generation + 1, slot: 1 - found[0].slot };
    return { found, broken };
  }
}

interface _Found extends StoredCheckpoint {
  readonly slot: number;
  readonly generation: number;
}

function _message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
