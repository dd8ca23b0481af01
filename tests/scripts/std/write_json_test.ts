import { assertEquals, assertRejects } from "@std/assert";
import { writeJson } from "../../../scripts/std/write_json.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const FILES = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

testNeeding(FILES, "writeJson() writes a line of JSON, in place of what was there", async () => {
  const folder = await Deno.makeTempDir({ dir: HERE.pathname, prefix: "_json_" });
  try {
    for (const value of [[1, 2, 3], { steps: 7 }]) {
      await writeJson(`${folder}/a.json`, value, "steps");
      assertEquals(await Deno.readTextFile(`${folder}/a.json`), JSON.stringify(value) + "\n");
    }
    await assertRejects(
      () => writeJson(`${folder}/none/a.json`, {}, "steps"),
      Deno.errors.NotFound,
      `Cannot write steps to ${folder}/none/a.json: there is no such folder`,
    );
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a.json"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
