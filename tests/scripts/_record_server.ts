/** A server on this machine that answers as Zenodo's API does, and fails as one is told. */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type Need, permission } from "../_support/skips.ts";

const HERE = new URL(".", import.meta.url);

/** What tests with the server need. */
export const SERVER_NEEDS: readonly Need[] = [
  permission({ name: "net", host: "127.0.0.1" }),
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

/** A request, as far as tests look at it. */
export interface SeenRequest {
  readonly path: string;
  readonly range: string | null;
}

/** The server. */
export interface RecordServer {
  readonly baseUrl: string;
  /** All requests so far. */
  readonly seen: SeenRequest[];
  /** Answers to the next requests, in place of the usual ones; `undefined` for the usual one. */
  readonly next: ((request: Request) => Response | undefined)[];
}

/** Runs with a server of record 1 and an empty folder, both gone afterwards. */
export async function withServer(
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
  run: (server: RecordServer, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_server_" });
  const seen: SeenRequest[] = [];
  const next: RecordServer["next"] = [];
  const http = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname: path, origin } = new URL(request.url);
    seen.push({ path, range: request.headers.get("range") });
    return next.shift()?.(request) ?? usualAnswer(files, request, origin, path);
  });
  try {
    const baseUrl = `http://127.0.0.1:${http.addr.port}`;
    await run({ baseUrl, seen, next }, folder);
  } finally {
    await http.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

/** MD5 of bytes, 32 hexadecimal digits. */
export function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

/** Content that ends before it should: the connection breaks after so many bytes. */
export function brokenBody(bytes: Uint8Array<ArrayBuffer>, after: number): ReadableStream {
  let sent = false;
  return new ReadableStream({
    async pull(controller) {
      if (!sent) controller.enqueue(bytes.subarray(0, after));
      else {
        // The client must have had time to read what was sent.
        await new Promise((resolve) => setTimeout(resolve, 50));
        controller.error(new Error("broken"));
      }
      sent = true;
    },
  });
}

function usualAnswer(
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
  request: Request,
  origin: string,
  path: string,
): Response {
  if (path === "/api/records/1") {
    return Response.json({
      id: 1,
      metadata: { title: "A sample" },
      files: Object.entries(files).map(([key, bytes]) => ({
        key,
        size: bytes.length,
        checksum: `md5:${md5(bytes)}`,
        links: { self: `${origin}/api/records/1/files/${encodeURIComponent(key)}/content` },
      })),
    });
  }
  const name = /^\/api\/records\/1\/files\/([^/]+)\/content$/.exec(path)?.[1];
  const bytes = name && files[decodeURIComponent(name)];
  if (!bytes) return Response.json({ status: 404 }, { status: 404 });
  const from = /^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1];
  if (from === undefined) return new Response(bytes);
  const headers = { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
  return new Response(bytes.subarray(Number(from)), { status: 206, headers });
}
