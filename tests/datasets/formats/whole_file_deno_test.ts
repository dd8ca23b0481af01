import { fileURLToPath, pathToFileURL } from "node:url";
import { assertEquals, assertRejects } from "@std/assert";
import { fileName, writeWholeFile } from "../../../src/datasets/formats/whole_file_deno.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const FILES = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];
const bytes = (text: string) => new TextEncoder().encode(text);

/** Runs in a fresh folder with a file `a b.txt` that holds "old". */
async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_whole_" });
  try {
    await Deno.writeTextFile(`${folder}/a b.txt`, "old");
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

testNeeding(
  FILES,
  "writeWholeFile() shows the file when it is complete, and not before",
  () =>
    inFolder(async (folder) => {
      const file = pathToFileURL(`${folder}/a b.txt`);
      async function* pieces(): AsyncGenerator<Uint8Array> {
        yield bytes("new ");
        assertEquals(await Deno.readTextFile(file), "old");
        assertEquals([...Deno.readDirSync(folder)].length, 2);
        yield bytes("text");
      }
      await writeWholeFile(file, pieces(), "a text");
      assertEquals(await Deno.readTextFile(file), "new text");
      assertEquals([...Deno.readDirSync(folder)].length, 1);
    }),
);

testNeeding(
  FILES,
  "writeWholeFile() leaves all as it was when a piece fails",
  () =>
    inFolder(async (folder) => {
      function* pieces(): Generator<Uint8Array> {
        yield bytes("new");
        throw new RangeError("no more");
      }
      for (const name of ["a b.txt", "other.txt"]) {
        await assertRejects(
          () => writeWholeFile(`${folder}/${name}`, pieces(), "a text"),
          RangeError,
          "no more",
        );
      }
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a b.txt"]);
      assertEquals(await Deno.readTextFile(`${folder}/a b.txt`), "old");
    }),
);

testNeeding(FILES, "writeWholeFile() says that a disk is full", () =>
  inFolder(async (folder) => {
    // What writing to a full disk throws; a test of the system fills one.
    const full = Object.assign(new Error("No space left on device (os error 28)"), {
      code: "ENOSPC",
    });
    // deno-lint-ignore require-yield
    function* pieces(): Generator<Uint8Array> {
      throw full;
    }
    const error = await assertRejects(
      () => writeWholeFile(`${folder}/b.txt`, pieces(), "a text"),
      Error,
      `Cannot write a text to ${folder}/b.txt: the disk is full`,
    );
    assertEquals((error as Error).cause, full);
    assertEquals([...Deno.readDirSync(folder)].length, 1);
  }));

testNeeding(
  FILES,
  "writeWholeFile() says that a folder is missing",
  () =>
    inFolder(async (folder) => {
      await assertRejects(
        () => writeWholeFile(`${folder}/none/a.txt`, [bytes("a")], "a text"),
        Deno.errors.NotFound,
        `Cannot write a text to ${folder}/none/a.txt: there is no such folder`,
      );
    }),
);

Deno.test("fileName() is readable", () => {
  assertEquals(fileName("a/b%20c.csv"), "a/b%20c.csv");
  assertEquals(fileName(new URL("file:///a/b%20c.csv")), "/a/b c.csv");
});
