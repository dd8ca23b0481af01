/**
 * Downloading files that may be large over a connection that may break.
 *
 * A broken connection, "too many requests" (429) and errors of the server (5xx) are tried again, after
 * as long as the server says, else after 1, 2, 4 ... s. Redirections are followed on the same server
 * alone.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { planDownload, type ZenodoFile } from "../../src/datasets/published/zenodo.ts";

/** Options of {@linkcode download} and {@linkcode downloadJson}. */
export interface DownloadOptions {
  /** Called with the number of bytes that are there. */
  onProgress?: (bytes: number) => void;
  /** How many attempts in a row may fail without a byte gained. Default 6. */
  attempts?: number;
  /** Waits so many milliseconds. Default by a timer. */
  wait?: (milliseconds: number) => Promise<void>;
  /** Milliseconds without a byte after which a connection counts as broken. Default a minute. */
  patience?: number;
}

/** The wait after the first failure, doubled with each that follows. */
const FIRST_WAIT = 1000;
/** A server that asks for a longer wait is not waited for. */
const LONGEST_WAIT = 10 * 60_000;

/**
 * Downloads a file. Until it is complete and its checksum is right it has the ending `.partial`; such a
 * part that is there already is continued, where the server can do so. A file that is there under its
 * name is checked, and never replaced.
 *
 * @param file What to download.
 * @param path Where to.
 * @param options Progress and patience.
 * @returns Whether it was downloaded; `false` when it was there.
 * @throws {TypeError} If the checksum is wrong (what was downloaded is removed, what was there before
 * is not), or more is sent than the file has.
 * @throws {Error} If the server refuses, or all attempts fail.
 */
export async function download(
  file: ZenodoFile,
  path: string,
  options: DownloadOptions = {},
): Promise<boolean> {
  const doing = `Cannot download ${path}`;
  const partial = `${path}.partial`;
  const nextStep = async () => {
    const present = { size: await _sizeOf(path), partialSize: await _sizeOf(partial) };
    return planDownload(file, present);
  };

  if ((await nextStep()).kind === "check") {
    if (await md5Of(path) === file.md5) return false;
    throw new TypeError(`${doing}: a file of this name has another content, it is left as it is`);
  }
  await _persistently(doing, options, async () => {
    const step = await nextStep();
    if (step.kind === "download") await _fill(file, partial, step.from, doing, options);
  }, async () => await _sizeOf(partial) ?? 0);

  if (await md5Of(partial) !== file.md5) {
    await Deno.remove(partial);
    throw new TypeError(`${doing}: its checksum is wrong, what was downloaded is removed`);
  }
  await Deno.rename(partial, path);
  return true;
}

/**
 * Downloads a small answer in JSON.
 *
 * @param url Its address.
 * @param options Patience.
 * @returns The answer, parsed.
 * @throws {TypeError} If it is not JSON.
 * @throws {Error} If the server refuses, or all attempts fail.
 */
export async function downloadJson(url: string, options: DownloadOptions = {}): Promise<unknown> {
  const doing = `Cannot read ${url}`;
  const bytes = await _persistently(doing, options, async () => {
    const pieces: Uint8Array[] = [];
    const answer = await _request(url, { accept: "application/json" }, doing, options);
    for await (const piece of _pieces(answer, options)) pieces.push(piece);
    return await new Blob(pieces as Uint8Array<ArrayBuffer>[]).text();
  });
  try {
    return JSON.parse(bytes);
  } catch (cause) {
    throw new TypeError(`${doing}: the answer is not JSON`, { cause });
  }
}

/**
 * MD5 checksum of a file, read in pieces.
 *
 * @param path The file.
 * @returns 32 hexadecimal digits.
 */
export async function md5Of(path: string): Promise<string> {
  using file = await Deno.open(path);
  const hash = createHash("md5");
  for await (const piece of file.readable) hash.update(piece);
  return hash.digest("hex");
}

/** A failure that may be gone at the next attempt. */
class _PassingError extends Error {
  /** Milliseconds that the server asks us to wait, if it does. */
  readonly retryAfter: number | undefined;

  constructor(message: string, options: ErrorOptions & { retryAfter?: number | undefined } = {}) {
    super(message, options);
    this.retryAfter = options.retryAfter;
  }
}

/** Attempts until one succeeds; `gained` is a number that grows with the success of attempts. */
async function _persistently<T>(
  doing: string,
  { attempts = 6, wait = _wait }: DownloadOptions,
  attempt: () => Promise<T>,
  gained: () => Promise<number> = async () => 0,
): Promise<T> {
  for (let failures = 0;;) {
    const before = await gained();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof _PassingError)) throw error;
      failures = await gained() > before ? 1 : failures + 1;
      const pause = error.retryAfter ?? FIRST_WAIT * 2 ** (failures - 1);
      if (failures >= attempts || pause > LONGEST_WAIT) {
        const why = pause > LONGEST_WAIT
          ? `the server asks for a wait of ${Math.round(pause / 1000)} s`
          : `attempt ${failures} of ${attempts} failed`;
        throw new Error(`${doing}: ${error.message}; ${why}`, { cause: error });
      }
      await wait(pause);
    }
  }
}

/** Appends what is missing to a part of a file. */
async function _fill(
  { url, size }: ZenodoFile,
  partial: string,
  from: number,
  doing: string,
  options: DownloadOptions,
): Promise<void> {
  using part = await Deno.open(partial, { write: true, create: true });
  if (from === size) return await part.truncate(size);

  const range = { range: `bytes=${from}-` };
  const answer = await _request(url, from > 0 ? range : {}, doing, options);
  let bytes = answer.status === 206 ? from : 0;
  if (bytes > 0 && !answer.headers.get("content-range")?.startsWith(`bytes ${from}-`)) {
    await answer.body?.cancel();
    throw new TypeError(`${doing}: the server sent another piece than that from byte ${from}`);
  }
  await part.truncate(bytes);
  await part.seek(bytes, Deno.SeekMode.Start);
  for await (const piece of _pieces(answer, options)) {
    bytes += piece.length;
    if (bytes > size) {
      await part.truncate(0);
      throw new TypeError(`${doing}: it has ${size} bytes, and the server sends more`);
    }
    for (let rest = piece; rest.length > 0;) rest = rest.subarray(await part.write(rest));
    options.onProgress?.(bytes);
  }
  if (bytes < size) throw new _PassingError(`it ended after ${bytes} of ${size} bytes`);
}

/** An answer with content, after redirections; other answers are errors. */
async function _request(
  url: string,
  headers: Record<string, string>,
  doing: string,
  options: DownloadOptions,
): Promise<Response> {
  const { origin } = new URL(url);
  for (let redirections = 0; redirections <= 5; redirections++) {
    const answer = await _fetch(url, headers, options);
    if (answer.ok) return answer;
    await answer.body?.cancel();
    const { status } = answer;
    if (status === 429 || status >= 500) {
      throw new _PassingError(`the server answers ${status}`, { retryAfter: _retryAfter(answer) });
    }
    const location = answer.headers.get("location");
    if (status < 300 || status >= 400 || location === null) {
      const meaning = status === 404 ? " (there is no such thing)" : "";
      throw new Error(`${doing}: the server answers ${status}${meaning}`);
    }
    url = new URL(location, url).href;
    if (new URL(url).origin !== origin) {
      throw new Error(`${doing}: ${origin} redirects to another server, ${new URL(url).origin}`);
    }
  }
  throw new Error(`${doing}: there are too many redirections`);
}

async function _fetch(
  url: string,
  headers: Record<string, string>,
  { patience = 60_000 }: DownloadOptions,
): Promise<Response> {
  const controller = new AbortController();
  const alarm = setTimeout(() => controller.abort(), patience);
  try {
    return await fetch(url, {
      // Lengths and ranges are those of the file, not of a compressed form of it.
      headers: { ...headers, "accept-encoding": "identity" },
      redirect: "manual",
      signal: controller.signal,
    });
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    throw new _PassingError("the server cannot be reached", { cause });
  } finally {
    clearTimeout(alarm);
  }
}

/** The content of an answer; a connection that breaks, or stands still, is a passing error. */
async function* _pieces(
  answer: Response,
  { patience = 60_000 }: DownloadOptions,
): AsyncGenerator<Uint8Array> {
  const reader = answer.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await _within(patience, reader.read()).catch((cause) => {
        throw new _PassingError("the connection broke", { cause });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** What a promise gives, if it does so in time. */
async function _within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const alarm = setTimeout(() => reject(new Error("nothing came in time")), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(alarm);
  }
}

/** Seconds, or a date. */
function _retryAfter({ headers }: Response): number | undefined {
  const text = headers.get("retry-after");
  if (text === null) return undefined;
  const milliseconds = /^\d+$/.test(text) ? 1000 * Number(text) : Date.parse(text) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(milliseconds, 0);
}

async function _sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function _wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
