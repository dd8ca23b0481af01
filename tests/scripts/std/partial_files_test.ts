import { assertEquals } from "@std/assert";
import { removePartialFiles } from "../../../scripts/std/partial_files.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [permission({ name: "read", path: HERE }), permission({ name: "write", path: HERE })];

testNeeding(
  NEEDS,
  "files that were being written since then are removed, and no others",
  async () => {
    const folder = new URL(`_partial-${crypto.randomUUID()}`, HERE).pathname;
    await Deno.mkdir(`${folder}/a/b`, { recursive: true });
    try {
      const files = [
        "x.partial",
        "a/y.json",
        "a/y.json.partial",
        "a/b/z.partial",
        "a/b/old.partial",
      ];
      for (const name of files) await Deno.writeTextFile(`${folder}/${name}`, "");
      await Deno.utime(`${folder}/a/b/old.partial`, 1000, 1000);
      assertEquals(await removePartialFiles(folder, new Date(2_000_000)), 3);
      const left = (path: string) =>
        [...Deno.readDirSync(`${folder}${path}`)].map(({ name }) => name);
      assertEquals([left(""), left("/a").sort(), left("/a/b")], [["a"], ["b", "y.json"], [
        "old.partial",
      ]]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
