import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { fileStore } from "../../src/experiments/store_deno.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const RESULTS = new URL("../../results/", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: RESULTS }),
  permission({ name: "write", path: RESULTS }),
];

testNeeding(
  NEEDS,
  "fileStore() writes, replaces and reads files in new folders",
  () =>
    _inFolder(async (folder) => {
      const store = fileStore(folder);
      assertEquals(await store.read("a/b.bin"), undefined);
      await store.write("a/b.bin", Uint8Array.of(1, 2, 3));
      await store.write("a/b.bin", Uint8Array.of(4));
      assertEquals(await store.read("a/b.bin"), Uint8Array.of(4));
      assertEquals(_filesIn(new URL("a/", folder)), ["b.bin"]);
    }),
);

testNeeding(
  NEEDS,
  "fileStore() leaves the old content when writing breaks off",
  () =>
    _inFolder(async (folder) => {
      const store = fileStore(folder);
      await store.write("a.bin", Uint8Array.of(1, 2, 3));
      const open = Deno.open;
      // A disk that is full after one byte.
      Deno.open = async (path, options) => {
        const file = await open(path, options);
        const write = async (bytes: Uint8Array) => {
          await file.write(bytes.subarray(0, 1));
          file.close();
          throw Object.assign(new Error("No space left on device"), { code: "ENOSPC" });
        };
        return { writable: new WritableStream({ write }) } as Deno.FsFile;
      };
      try {
        await assertRejects(
          () => store.write("a.bin", Uint8Array.of(7, 8)),
          Error,
          "/a.bin: the disk is full",
        );
        await assertRejects(
          () => store.write("new.bin", Uint8Array.of(7)),
          Error,
          "/new.bin: the disk is full",
        );
      } finally {
        Deno.open = open;
      }
      assertEquals(await store.read("a.bin"), Uint8Array.of(1, 2, 3));
      assertEquals(_filesIn(folder), ["a.bin"]);
    }),
);

testNeeding(
  NEEDS,
  "fileStore() cleans up when the file cannot be put in its place",
  () =>
    _inFolder(async (folder) => {
      const store = fileStore(folder);
      await store.write("name/inside.bin", Uint8Array.of(1));
      await assertRejects(() => store.write("name", Uint8Array.of(2)), Error);
      assertEquals(_filesIn(folder), ["name"]);
      assertEquals(await store.read("name/inside.bin"), Uint8Array.of(1));
    }),
);

testNeeding(
  NEEDS,
  "fileStore() keeps files whole under many writers at once",
  () =>
    _inFolder(async (folder) => {
      const store = fileStore(folder);
      const contents = Array.from({ length: 20 }, (_, k) => new Uint8Array(5000).fill(k));
      await Promise.all(contents.map((bytes) => store.write("a.bin", bytes)));
      const kept = (await store.read("a.bin"))!;
      assertEquals(kept, contents[kept[0]]);
      assertEquals(_filesIn(folder), ["a.bin"]);
    }),
);

Deno.test("fileStore() refuses paths that leave its folder, before it touches the disk", async () => {
  const store = fileStore("results");
  for (const path of ["../deno.json", "/etc/hostname", "a/../../b", "a\\..\\..\\b", ""]) {
    await assertRejects(() => store.read(path), RangeError, JSON.stringify(path));
    await assertRejects(() => store.write(path, Uint8Array.of(1)), RangeError, "must be relative");
  }
});

Deno.test("fileStore() takes only file: URLs", () => {
  assertThrows(() => fileStore(new URL("https://example.org/results/")), TypeError, "file");
});

/** Runs in a fresh folder, which is removed afterwards. */
async function _inFolder(run: (folder: URL) => Promise<void>): Promise<void> {
  const folder = new URL(`store_test_${crypto.randomUUID()}/`, RESULTS);
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function _filesIn(folder: URL): string[] {
  return Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort();
}
