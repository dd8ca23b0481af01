import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { COMMAND, fetchData } from "../../scripts/fetch_data.ts";
import { type CommandValues, helpText, parseCommand } from "../../scripts/std/command.ts";
import { permission, testNeeding } from "../_support/skips.ts";
import { SERVER_NEEDS, withServer } from "./_record_server.ts";

const FILES = {
  "b.root": new Uint8Array(2_000_000).fill(7),
  "a.root": new TextEncoder().encode("root"),
};

function values(args: string[]): CommandValues<typeof COMMAND["options"]> {
  return parseCommand(COMMAND, ["--record", "1", ...args])!;
}

/** Runs, and returns what was printed. */
async function printed(run: () => Promise<void>): Promise<string> {
  const { log } = console;
  const lines: string[] = [];
  try {
    console.log = (line: string) => void lines.push(line);
    await run();
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

testNeeding(
  SERVER_NEEDS,
  "fetch_data.ts lists the files of a record",
  () =>
    withServer(FILES, async ({ baseUrl }, folder) => {
      const text = await printed(() =>
        fetchData(values(["--list", "--output", folder]), { baseUrl })
      );
      assertEquals(text, "Record 1: A sample\n           0 MB  a.root\n           2 MB  b.root");
      assertEquals([...Deno.readDirSync(folder)], []);
    }),
);

testNeeding(
  SERVER_NEEDS,
  "fetch_data.ts downloads all files, and those that are missing",
  () =>
    withServer(FILES, async ({ baseUrl, seen }, folder) => {
      const run = () => printed(() => fetchData(values(["--output", folder]), { baseUrl }));
      const first = await run();
      assertEquals(first.match(/downloaded, its checksum is right/g)?.length, 2);
      for (const [name, bytes] of Object.entries(FILES)) {
        assertEquals(await Deno.readFile(`${folder}/1/${name}`), bytes);
      }
      await Deno.remove(`${folder}/1/a.root`);
      const before = seen.length;
      assert((await run()).includes("b.root was there"));
      assertEquals(seen.slice(before).map(({ path }) => path), [
        "/api/records/1",
        "/api/records/1/files/a.root/content",
      ]);
    }),
);

testNeeding(
  SERVER_NEEDS,
  "fetch_data.ts downloads the files that are named",
  () =>
    withServer(FILES, async ({ baseUrl }, folder) => {
      const run = (files: string) => () =>
        fetchData(values(["--output", folder, "--files", files]), { baseUrl });
      await printed(run("a.root"));
      assertEquals([...Deno.readDirSync(`${folder}/1`)].map(({ name }) => name), ["a.root"]);
      await assertRejects(
        run("c.root"),
        RangeError,
        "Cannot download c.root: record 1 has no such file, it has [a.root, b.root]",
      );
      await assertRejects(run("../a.root"), RangeError, "leave the folder");
    }),
);

testNeeding(
  SERVER_NEEDS,
  "fetch_data.ts refuses a record with a name that leaves the folder",
  () =>
    withServer(
      { "good.root": FILES["a.root"], "../evil": FILES["a.root"] },
      async (server, folder) => {
        const { baseUrl } = server;
        await assertRejects(
          () => fetchData(values(["--output", `${folder}/in`]), { baseUrl }),
          RangeError,
          'current name is "../evil"',
        );
        assertEquals([...Deno.readDirSync(folder)], []);
      },
    ),
);

testNeeding(
  SERVER_NEEDS,
  "fetch_data.ts says that there is no such record",
  () =>
    withServer({}, async ({ baseUrl }, folder) => {
      await assertRejects(
        () => fetchData({ ...values(["--output", folder]), record: 2 }, { baseUrl }),
        Error,
        `Cannot read ${baseUrl}/api/records/2: the server answers 404`,
      );
    }),
);

testNeeding(
  [permission({ name: "read", path: new URL("../../", import.meta.url) })],
  "fetch_data.ts shows its command as --help does, and alone may use the network",
  async () => {
    const usage = /deno run .*\.ts/.exec(helpText(COMMAND))![0];
    const scripts = new URL("../../scripts/", import.meta.url);
    assert((await Deno.readTextFile(new URL("fetch_data.ts", scripts))).includes(` ${usage}\n`));
    for (const { name, isFile } of Deno.readDirSync(scripts)) {
      const text = isFile ? await Deno.readTextFile(new URL(name, scripts)) : "";
      // A notebook's kernel is talked to on this machine alone.
      const elsewhere = text.replaceAll("--allow-net=127.0.0.1", "").includes("--allow-net");
      assertEquals(elsewhere, name === "fetch_data.ts", name);
    }
  },
);

testNeeding(
  [permission({ name: "run", command: "deno" })],
  "fetch_data.ts reaches no other server than Zenodo",
  async () => {
    const script = fileURLToPath(new URL("../../scripts/fetch_data.ts", import.meta.url));
    const flags = Object.keys(COMMAND.permissions);
    const code = `import { fetchData } from "file://${script}";` +
      `await fetchData({ record: 1, list: true, files: undefined, output: "data" },` +
      `{ baseUrl: "http://127.0.0.1:8080" });`;
    const child = new Deno.Command("deno", {
      args: ["run", "--no-prompt", ...flags, "-"],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(code));
    await writer.close();
    const { success, stderr } = await child.output();
    assertEquals(success, false);
    assert(new TextDecoder().decode(stderr).includes("NotCapable: Requires net access"));
  },
);
