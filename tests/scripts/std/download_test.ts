import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  download,
  downloadJson,
  type DownloadOptions,
  md5Of,
} from "../../../scripts/std/download.ts";
import { testNeeding } from "../../_support/skips.ts";
import { brokenBody, md5, type RecordServer, SERVER_NEEDS, withServer } from "../_record_server.ts";

/** Larger than what a connection holds back. */
const CONTENT = Uint8Array.from({ length: 300_000 }, (_, k) => (k * k + (k >> 8)) & 255);
const NAME = "ntuple 1.root";
const PATH = `/api/records/1/files/${encodeURIComponent(NAME)}/content`;

/** What a test is given: the file on the server, where it goes, waits that take no time. */
interface Case {
  readonly server: RecordServer;
  readonly folder: string;
  readonly path: string;
  readonly file: { name: string; size: number; md5: string; url: string };
  readonly waits: number[];
  readonly options: DownloadOptions;
}

function downloadTest(name: string, run: (given: Case) => Promise<void>): void {
  testNeeding(SERVER_NEEDS, name, () =>
    withServer({ [NAME]: CONTENT }, async (server, folder) => {
      const waits: number[] = [];
      const wait = async (milliseconds: number) => void waits.push(milliseconds);
      const url = server.baseUrl + PATH;
      const file = { name: NAME, size: CONTENT.length, md5: md5(CONTENT), url };
      const path = `${folder}/${NAME}`;
      await run({ server, folder, path, file, waits, options: { wait } });
    }));
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
}

downloadTest("download() downloads a file, once", async (given) => {
  const { server, folder, path, file, options } = given;
  const progress: number[] = [];
  const onProgress = (bytes: number) => void progress.push(bytes);
  assertEquals(await download(file, path, { ...options, onProgress }), true);
  assertEquals(await Deno.readFile(path), CONTENT);
  assertEquals(names(folder), [NAME]);
  assertEquals(progress.at(-1), CONTENT.length);
  assert(progress.every((bytes, k) => k === 0 || bytes > progress[k - 1]));

  assertEquals(await download(file, path, options), false);
  assertEquals(server.seen, [{ path: PATH, range: null }]);
});

downloadTest("download() never replaces a file that is there", async ({ server, path, file }) => {
  await Deno.writeTextFile(path, "mine");
  await assertRejects(
    () => download(file, path),
    TypeError,
    `Cannot download ${path}: a file of this name has another content, it is left as it is`,
  );
  assertEquals(await Deno.readTextFile(path), "mine");
  assertEquals(server.seen, []);
});

downloadTest("download() continues what an earlier run left", async (given) => {
  const { server, path, file, options } = given;
  await Deno.writeFile(`${path}.partial`, CONTENT.subarray(0, 100_000));
  await download(file, path, options);
  assertEquals(await Deno.readFile(path), CONTENT);
  assertEquals(server.seen, [{ path: PATH, range: "bytes=100000-" }]);
});

downloadTest("download() begins anew where the server knows no ranges", async (given) => {
  const { server, path, file, options } = given;
  await Deno.writeTextFile(`${path}.partial`, "x".repeat(1000));
  server.next.push(() => new Response(CONTENT));
  await download(file, path, options);
  assertEquals(await Deno.readFile(path), CONTENT);
});

downloadTest("download() needs no request for a part that is complete", async (given) => {
  const { server, path, file, options } = given;
  await Deno.writeFile(`${path}.partial`, CONTENT);
  await download(file, path, options);
  assertEquals(await Deno.readFile(path), CONTENT);
  assertEquals(server.seen, []);
});

downloadTest("download() begins anew where a part is too long", async (given) => {
  const { server, path, file, options } = given;
  await Deno.writeFile(`${path}.partial`, new Uint8Array(CONTENT.length + 1));
  await download(file, path, options);
  assertEquals(await Deno.readFile(path), CONTENT);
  assertEquals(server.seen, [{ path: PATH, range: null }]);
});

downloadTest("download() downloads an empty file", async ({ path, file, options }) => {
  const empty = { ...file, size: 0, md5: md5(new Uint8Array(0)) };
  await download(empty, path, options);
  assertEquals((await Deno.stat(path)).size, 0);
});

downloadTest("download() goes on after connections that break", async (given) => {
  const { server, path, file, waits, options } = given;
  server.next.push(
    () => new Response(brokenBody(CONTENT, 120_000)),
    (request) => {
      const from = Number(/\d+/.exec(request.headers.get("range")!)![0]);
      assert(from > 0 && from <= 120_000, `${from}`);
      const headers = { "content-range": `bytes ${from}-299999/300000` };
      return new Response(brokenBody(CONTENT.subarray(from), 60_000), { status: 206, headers });
    },
  );
  await download(file, path, options);
  assertEquals(await Deno.readFile(path), CONTENT);
  assertEquals(server.seen.length, 3);
  // Each attempt gained something: the waits do not grow.
  assertEquals(waits, [1000, 1000]);
});

downloadTest("download() goes on after an answer that ends early", async (given) => {
  const { server, path, file, options } = given;
  server.next.push(() => new Response(CONTENT.subarray(0, 1000)));
  await download(file, path, options);
  assertEquals(await Deno.readFile(path), CONTENT);
  assertEquals(server.seen[1].range, "bytes=1000-");
});

downloadTest("download() does not wait for ever for a silent server", async (given) => {
  const { server, path, file, options } = given;
  server.next.push(() =>
    new Response(
      new ReadableStream({ start: (controller) => controller.enqueue(CONTENT.slice(0, 10)) }),
    )
  );
  await download(file, path, { ...options, patience: 200 });
  assertEquals(await Deno.readFile(path), CONTENT);
  assertEquals(server.seen.length, 2);
});

downloadTest("download() waits as long as the server says", async (given) => {
  const { server, path, file, waits, options } = given;
  const refuse = (status: number, headers: Record<string, string>) => () =>
    new Response("busy", { status, headers });
  server.next.push(
    refuse(429, { "retry-after": "7" }),
    refuse(503, {}),
    refuse(500, { "retry-after": "soon" }),
    refuse(429, { "retry-after": new Date(Date.now() + 60_000).toUTCString() }),
  );
  await download(file, path, options);
  assertEquals(await Deno.readFile(path), CONTENT);
  assertEquals(waits.slice(0, 3), [7000, 2000, 4000]);
  assert(waits[3] > 50_000 && waits[3] <= 60_000, `${waits[3]}`);
});

downloadTest("download() gives up after some attempts, and keeps what it has", async (given) => {
  const { server, folder, path, file, waits, options } = given;
  await Deno.writeFile(`${path}.partial`, CONTENT.subarray(0, 10));
  for (let k = 0; k < 3; k++) server.next.push(() => new Response("", { status: 502 }));
  await assertRejects(
    () => download(file, path, { ...options, attempts: 3 }),
    Error,
    `Cannot download ${path}: the server answers 502; attempt 3 of 3 failed`,
  );
  assertEquals(waits, [1000, 2000]);
  assertEquals(names(folder), [`${NAME}.partial`]);

  server.next.push(() => new Response("", { status: 429, headers: { "retry-after": "86400" } }));
  await assertRejects(
    () => download(file, path, options),
    Error,
    "the server asks for a wait of 86400 s",
  );
});

downloadTest("download() refuses a wrong checksum, and leaves nothing", async (given) => {
  const { server, folder, path, file, options } = given;
  server.next.push(() => new Response(CONTENT.map((byte) => byte ^ 1)));
  await assertRejects(
    () => download(file, path, options),
    TypeError,
    `Cannot download ${path}: its checksum is wrong, what was downloaded is removed`,
  );
  assertEquals(names(folder), []);
  await download(file, path, options);
  assertEquals(await md5Of(path), file.md5);
});

downloadTest("download() refuses more than the file has, and another piece", async (given) => {
  const { server, path, file, options } = given;
  const small = { ...file, size: 1000 };
  await assertRejects(() => download(small, path, options), TypeError, "it has 1000 bytes, and");

  await Deno.writeFile(`${path}.partial`, CONTENT.subarray(0, 500));
  server.next.push(() =>
    new Response(CONTENT, { status: 206, headers: { "content-range": "bytes 0-299999/300000" } })
  );
  await assertRejects(
    () => download(file, path, options),
    TypeError,
    "the server sent another piece than that from byte 500",
  );
});

downloadTest("download() follows redirections on the same server alone", async (given) => {
  const { server, path, file, options } = given;
  const to = (location: string) => () => new Response(null, { status: 302, headers: { location } });
  const elsewhere = { ...file, url: `${server.baseUrl}/elsewhere` };
  server.next.push(to("http://example.org/a"));
  await assertRejects(
    () => download(elsewhere, path, options),
    Error,
    "redirects to another server, http://example.org",
  );
  for (let k = 0; k < 6; k++) server.next.push(to("/round"));
  await assertRejects(() => download(elsewhere, path, options), Error, "too many redirections");

  await Deno.writeFile(`${path}.partial`, CONTENT.subarray(0, 500));
  server.next.push(to(PATH));
  await download(elsewhere, path, options);
  assertEquals(await Deno.readFile(path), CONTENT);
  assertEquals(server.seen.at(-1), { path: PATH, range: "bytes=500-" });
});

downloadTest("download() tells at once what another attempt would not change", async (given) => {
  const { server, path, file, waits, options } = given;
  server.next.push(() => new Response("", { status: 403 }));
  await assertRejects(() => download(file, path, options), Error, "the server answers 403");
  assertEquals(waits, []);
});

downloadTest(
  "downloadJson() reads an answer, after attempts",
  async ({ server, waits, options }) => {
    server.next.push(() => new Response("", { status: 429 }), () => Response.json({ a: [1] }));
    assertEquals(await downloadJson(`${server.baseUrl}/a`, options), { a: [1] });
    assertEquals(waits, [1000]);

    server.next.push(() => new Response("<html>"));
    await assertRejects(
      () => downloadJson(`${server.baseUrl}/a`, options),
      TypeError,
      "the answer is not JSON",
    );
    await assertRejects(
      () => downloadJson(`${server.baseUrl}/none`, options),
      Error,
      "the server answers 404",
    );
  },
);

downloadTest("downloadJson() tries again where no server listens", async ({ waits, options }) => {
  // A port that was free a moment ago.
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  await assertRejects(
    () => downloadJson(`http://127.0.0.1:${port}/`, { ...options, attempts: 2 }),
    Error,
    "the server cannot be reached; attempt 2 of 2 failed",
  );
  assertEquals(waits, [1000]);
});
