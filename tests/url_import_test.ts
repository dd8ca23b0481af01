/** The module as a stranger imports it: by URL, from another folder, with the README's flags alone. */
import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { NotebookKernel } from "../scripts/std/notebook_kernel.ts";
import { waferEmdBatch } from "../src/wafer/mod.ts";
import { drawPair } from "./_support/histograms.ts";
import { permission, testNeeding } from "./_support/skips.ts";
import { RandomStream } from "../src/numerics/mod.ts";

const ROOT = new URL("../", import.meta.url);
const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "run", command: "deno" }),
  permission({ name: "net", host: "127.0.0.1" }),
];

testNeeding(
  NEEDS,
  "src/wafer/mod.ts imported by URL gives the same EMDs, also in workers",
  async () => {
    const x = new Float64Array(8 * 48), y = new Float64Array(8 * 48);
    for (let b = 0; b < 8; b++) {
      const drawn = drawPair("sparse", 48, new RandomStream(61, "url", b));
      x.set(drawn.x, b * 48);
      y.set(drawn.y, b * 48);
    }
    await using server = _serve(ROOT);
    const host = `127.0.0.1:${server.port}`;
    const program = `
    import { waferEmdBatch, waferEmdParallel } from "http://${host}/src/wafer/mod.ts";
    const x = Float64Array.of(${x});
    const y = Float64Array.of(${y});
    const here = waferEmdBatch(x, y).values;
    const inWorkers = (await waferEmdParallel(x, y, { workers: 2 })).values;
    console.log(JSON.stringify({ here: [...here], inWorkers: [...inWorkers] }));
  `;
    const output = await _run(program, [`--allow-import=${host}`], host);
    const expected = [...waferEmdBatch(x, y).values];
    assertEquals(JSON.parse(output), { here: expected, inWorkers: expected });
  },
);

testNeeding(
  NEEDS,
  "mod.ts imported by URL loads, and needs no permission to be loaded",
  async () => {
    await using server = _serve(ROOT);
    const host = `127.0.0.1:${server.port}`;
    const program = `
    import { waferEmd } from "http://${host}/mod.ts";
    const x = new Float64Array(48), y = new Float64Array(48);
    x[0] = y[1] = 1;
    console.log(waferEmd(x, y).value);
  `;
    assertEquals((await _run(program, [`--allow-import=${host}`], host)).trim(), "2");
  },
);

testNeeding(
  NEEDS,
  "every sub-path by URL has the names that it has here, and tensors compute",
  async () => {
    await using server = _serve(ROOT);
    const host = `127.0.0.1:${server.port}`;
    const modules = Object.values(config.exports).map((path) => path.slice(2));
    const program = `
    const names = {};
    for (const path of ${JSON.stringify(modules)}) {
      names[path] = Object.keys(await import("http://${host}/" + path));
    }
    const { tf, useBackend } = await import("http://${host}/src/tensor/mod.ts");
    await useBackend({ backend: "wasm" });
    const product = [...await tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).data()];
    console.log(JSON.stringify({ names, product }));
  `;
    const { names, product } = JSON.parse(await _run(program, [`--allow-import=${host}`], host));
    assertEquals(product, [3, 3, 3, 3]);
    for (const path of modules) {
      const here = Object.keys(await import(new URL(path, ROOT).href));
      assert(here.length > 0, path);
      assertEquals(names[path], here, path);
    }
  },
);

testNeeding(
  NEEDS,
  "the imports by URL in README.md and docs/install.md are of files that are there",
  async () => {
    await using server = _serve(ROOT);
    const host = `127.0.0.1:${server.port}`;
    const tag = `https://raw.githubusercontent.com/hexmover/hexmover/v${config.version}/`;
    for (const page of ["README.md", "docs/install.md"]) {
      const text = await Deno.readTextFile(new URL(page, ROOT));
      const blocks = [...text.matchAll(/```ts ignore\n([^]*?)```/g)].map(([, code]) => code);
      assert(blocks.length > 0, page);
      for (const block of blocks) {
        assert(block.includes(`"${tag}`), block);
        const program = `${block.replaceAll(tag, `http://${host}/`)}
          const [x, y] = [new Float64Array(48).fill(1), new Float64Array(48).fill(2)];
          console.log(waferEmd(x, y).value);`;
        assertEquals((await _run(program, [`--allow-import=${host}`], host)).trim(), "0");
      }
    }
  },
);

testNeeding(
  [...NEEDS, permission({ name: "write", path: HERE })],
  "a notebook far from this project imports by URL",
  async () => {
    await using server = _serve(ROOT);
    await using kernel = await NotebookKernel.start({
      temporary: HERE,
      folder: new URL("/", ROOT),
    });
    const outputs = await kernel.execute(
      `import { waferEmd } from "http://127.0.0.1:${server.port}/src/wafer/mod.ts";
      const x = new Float64Array(48), y = new Float64Array(48);
      x[0] = y[1] = 1;
      console.log(waferEmd(x, y).value);`,
      1,
    );
    assertEquals(outputs.map((output) => "text" in output && output.text), ["2\n"]);
  },
);

/** Runs a program from standard input in the root folder of the machine, far from this project. */
async function _run(program: string, flags: readonly string[], host: string): Promise<string> {
  const child = new Deno.Command("deno", {
    args: ["run", "--no-prompt", "--no-lock", `--reload=http://${host}/`, ...flags, "-"],
    cwd: new URL("/", ROOT),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(program));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** Serves the files of a folder on loopback until disposed of. */
function _serve(root: URL): AsyncDisposable & { port: number } {
  const types: Record<string, string> = {
    ts: "text/typescript",
    js: "text/javascript",
    json: "application/json",
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const path = new URL(request.url).pathname;
    try {
      const body = await Deno.readFile(new URL(`.${path}`, root));
      const type = types[path.split(".").at(-1)!] ?? "application/octet-stream";
      return new Response(body, { headers: { "content-type": type } });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
  return { port: server.addr.port, [Symbol.asyncDispose]: () => server.shutdown() };
}
