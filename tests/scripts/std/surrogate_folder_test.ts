import { assertEquals, assertRejects } from "@std/assert";
import { readSurrogateFolder } from "../../../scripts/std/surrogate_folder.ts";
import { fileStore } from "../../../src/experiments/store_deno.ts";
import { shippedSurrogate } from "../../../src/models/surrogates/load_surrogate.ts";
import { writeSurrogate } from "../../../src/models/surrogates/surrogate_files.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const FILES = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

testNeeding(
  FILES,
  "readSurrogateFolder() reads what was written, and names what is not there",
  async () => {
    const folder = await Deno.makeTempDir({ dir: HERE.pathname, prefix: "_surrogate_" });
    try {
      await assertRejects(
        () => readSurrogateFolder(folder),
        TypeError,
        `Cannot read a surrogate: there is no file ${folder}/surrogate.json`,
      );
      const shipped = await shippedSurrogate("closed_form");
      await writeSurrogate(fileStore(folder), "", shipped);
      const { kind, options } = await readSurrogateFolder(folder);
      assertEquals({ kind, options }, { kind: shipped.kind, options: shipped.options });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

testNeeding(FILES, "readSurrogateFolder() says which shipped one may have been meant", async () => {
  await assertRejects(
    () => readSurrogateFolder("closed_fom"),
    TypeError,
    "there is no file closed_fom/surrogate.json, did you mean closed_form?",
  );
});
