/// <reference lib="dom" />

/**
 * Starts a worker from a script beside the page. From a file on disk browsers refuse to, but let a page
 * load the same script into itself: it then leaves its function (scripts/live_page.ts wraps it so) and
 * does not run, and a worker is made of the function's text.
 *
 * @param name The script's name without its ending.
 * @returns The worker.
 * @throws {Error} If the script cannot be loaded.
 */
export async function startWorker(name: string): Promise<Worker> {
  const url = `${name}.js`;
  if (location.protocol !== "file:") return new Worker(url);
  const loaded = globalThis as unknown as Record<string, (() => void) | undefined>;
  if (loaded[name] === undefined) await _load(url);
  const source = new Blob([`(${loaded[name]})()`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(source));
}

function _load(url: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const script = document.createElement("script");
  script.src = url;
  script.onload = () => resolve();
  script.onerror = () => reject(new Error(`Cannot load ${url}: is it beside this page?`));
  document.head.append(script);
  return promise;
}
