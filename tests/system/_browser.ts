/**
 * A folder of static files in a real browser: Debian's Chromium (`apt-get install chromium`), steered by
 * Playwright.
 *
 * @module
 */
import { extname } from "node:path";
import type { BrowserContext, Page } from "npm:playwright-core@1.55.1";
import { type Need, permission } from "../_support/skips.ts";

const CHROMIUM = "/usr/bin/chromium";

/** What Chromium and Playwright leave behind, removed afterwards. */
const TEMPORARY = "results/browser";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
};

/** Met when there is a Chromium that may be run. */
export function chromiumNeed(): Need {
  const denied = permission({ name: "run", command: CHROMIUM });
  if (denied) return denied;
  try {
    Deno.statSync(CHROMIUM);
    return undefined;
  } catch {
    return "no Chromium (on Debian: apt-get install chromium)";
  }
}

/** How a folder is offered, and to what screen. */
export interface BrowserOptions {
  /** Headers of all answers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Width and height of the window, pixels. */
  readonly size?: readonly [number, number];
  /** What the visitor prefers. */
  readonly colorScheme?: "light" | "dark";
}

/**
 * Opens a new browser for a page of a folder, and fails afterwards if anything went wrong in the page:
 * an error or a warning on its console, an exception, or a request that failed or went elsewhere.
 *
 * @param folder The folder.
 * @param use What is done with the page; the address is that of the folder, with a slash at its end.
 * @param options Headers, screen.
 */
export async function withPage(
  folder: string,
  use: (page: Page, address: string) => Promise<void>,
  options: BrowserOptions = {},
): Promise<void> {
  const { headers = {}, size: [width, height] = [1100, 900], colorScheme = "light" } = options;
  await Deno.mkdir(TEMPORARY, { recursive: true });
  const temporary = await Deno.realPath(await Deno.makeTempDir({ dir: TEMPORARY }));
  // Where Playwright keeps downloads; it asks for this once, when it is loaded.
  Deno.env.set("TMPDIR", temporary);
  const { chromium } = await import("npm:playwright-core@1.55.1");
  const server = _serve(folder, headers);
  const address = `http://127.0.0.1:${server.addr.port}/`;
  const troubles: string[] = [];
  let context: BrowserContext | undefined;
  try {
    context = await chromium.launchPersistentContext(`${temporary}/profile`, {
      executablePath: CHROMIUM,
      viewport: { width, height },
      colorScheme,
      env: { ...Deno.env.toObject(), TMPDIR: temporary },
      // deno-fmt-ignore
      args: [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
      ],
    });
    const page = context.pages()[0];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) troubles.push(message.text());
    });
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("requestfailed", (request) => troubles.push(`${request.url()} failed`));
    page.on("request", (request) => {
      if (!/^(http:\/\/127\.0\.0\.1:|file:|blob:|data:)/.test(request.url())) {
        troubles.push(`${request.url()} was asked for`);
      }
    });
    await use(page, address);
  } finally {
    await context?.close();
    await server.shutdown();
    await Deno.remove(temporary, { recursive: true });
  }
  if (troubles.length > 0) throw new Error(`The page had troubles:\n${troubles.join("\n")}`);
}

function _serve(folder: string, headers: Readonly<Record<string, string>>) {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const path = new URL(request.url).pathname.slice(1) || "index.html";
    const type = TYPES[extname(path)];
    try {
      const file = await Deno.readFile(`${folder}/${path}`);
      return new Response(file, { headers: { ...headers, ...type && { "content-type": type } } });
    } catch {
      return new Response("There is no such file", { status: 404 });
    }
  });
}
