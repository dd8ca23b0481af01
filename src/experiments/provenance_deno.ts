import type { JsonObject } from "./canonical_json.ts";

/** When, where and by what a result was made. Kept in `run.json`, never compared. */
export interface Provenance extends JsonObject {
  /** Start of the run, ISO 8601 in UTC. */
  readonly time: string;
  /** Name of the machine, or `"unknown"` without `--allow-sys=hostname`. */
  readonly host: string;
  /** Operating system and processor architecture, for example `"linux x86_64"`. */
  readonly platform: string;
  /** Number of logical processors. */
  readonly cores: number;
  /** Version of Deno. */
  readonly deno: string;
  /** Commit of this code, or `"unknown"` when it is not a checkout or may not be read. */
  readonly commit: string;
}

/**
 * Finds out when, where and by what a run is made. It never asks for a permission: what it may not
 * see is `"unknown"`.
 *
 * @param options `repository`: folder that holds `.git`; by default that of this code.
 * @returns The provenance.
 *
 * @example
 * ```ts
 * import { provenance } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals((await provenance()).deno, Deno.version.deno);
 * ```
 */
export async function provenance(options: { repository?: URL } = {}): Promise<Provenance> {
  const repository = options.repository ?? new URL("../../", import.meta.url);
  return {
    time: new Date().toISOString(),
    host: await _host(),
    platform: `${Deno.build.os} ${Deno.build.arch}`,
    cores: navigator.hardwareConcurrency,
    deno: Deno.version.deno,
    commit: await _commit(new URL(".git/", repository)),
  };
}

async function _host(): Promise<string> {
  const { state } = await Deno.permissions.query({ name: "sys", kind: "hostname" });
  return state === "granted" ? Deno.hostname() : "unknown";
}

/** What HEAD names: a commit itself, or a branch, whose commit has its own file or a packed line. */
async function _commit(git: URL): Promise<string> {
  const head = await _line(new URL("HEAD", git));
  const branch = /^ref: (refs\/\S+)$/.exec(head)?.[1];
  if (branch === undefined) return _asCommit(head);
  const loose = _asCommit(await _line(new URL(branch, git)));
  if (loose !== "unknown") return loose;
  const packed = (await _read(new URL("packed-refs", git))).split("\n");
  return _asCommit(packed.find((line) => line.endsWith(` ${branch}`))?.split(" ")[0] ?? "");
}

function _asCommit(text: string): string {
  return /^[0-9a-f]{40,64}$/.test(text) ? text : "unknown";
}

async function _line(file: URL): Promise<string> {
  return (await _read(file)).trim();
}

/** A text file, `""` when it is absent, may not be read or is not on this machine. */
async function _read(file: URL): Promise<string> {
  if (file.protocol !== "file:") return "";
  const { state } = await Deno.permissions.query({ name: "read", path: file });
  if (state !== "granted") return "";
  try {
    return await Deno.readTextFile(file);
  } catch {
    return "";
  }
}
