import { fileURLToPath, pathToFileURL } from "node:url";
import { assertEquals, assertRejects } from "@std/assert";
import { writeWafers } from "../../src/datasets/files_deno.ts";
import {
  manifestPath,
  readManifest,
  verifyManifest,
  writeManifest,
} from "../../src/datasets/manifest_deno.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../src/datasets/wafer_table.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const FILES = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];
const ORIGIN = { seed: 1, config: { kind: "shower", count: 30 }, version: "0.1.0" };

/** Runs with the path of a file of 30 wafers and 3 events in a fresh folder. */
async function withWafers(run: (file: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_manifest_" });
  try {
    const event = Float64Array.from({ length: 30 }, (_, wafer) => Math.floor(wafer / 10));
    await writeWafers(
      `${folder}/toy.parquet`,
      waferTable(toyWafers("shower", 30, 1).charges, { event }),
    );
    await run(`${folder}/toy.parquet`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

testNeeding(FILES, "writeManifest() tells what the file holds", () =>
  withWafers(async (file) => {
    const written = await writeManifest(file, ORIGIN);
    const bytes = await Deno.readFile(file);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    assertEquals(written, {
      schema: 1,
      file: "toy.parquet",
      bytes: bytes.length,
      sha256: [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
      wafers: 30,
      events: 3,
      rawCharges: false,
      columns: [{ name: "event", type: "numbers" }],
      ...ORIGIN,
    });
    assertEquals(await readManifest(file), written);
    assertEquals(await verifyManifest(pathToFileURL(file)), written);
    const folder = file.slice(0, -"toy.parquet".length);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "toy.parquet",
      "toy.parquet.manifest.json",
    ]);
  }));

testNeeding(
  FILES,
  "verifyManifest() refuses a file that was changed",
  () =>
    withWafers(async (file) => {
      const { sha256, bytes: length } = await writeManifest(file, ORIGIN);
      const bytes = await Deno.readFile(file);
      await Deno.writeFile(file, bytes.with(100, bytes[100] ^ 1));
      await assertRejects(
        () => verifyManifest(file),
        TypeError,
        `Cannot use ${file}: its SHA-256 must be ${sha256} as its manifest says, current value is `,
      );
      await Deno.truncate(file, length - 1);
      await assertRejects(
        () => verifyManifest(file),
        TypeError,
        `its length must be ${length} bytes as its manifest says, current length is ${length - 1}`,
      );
    }),
);

testNeeding(
  FILES,
  "readManifest() says when there is none, or that of another file",
  () =>
    withWafers(async (file) => {
      await assertRejects(
        () => readManifest(file),
        Deno.errors.NotFound,
        "toy.parquet.manifest.json: there is no such file",
      );
      await writeManifest(file, ORIGIN);
      const other = file.replace("toy", "other");
      await Deno.rename(`${file}.manifest.json`, `${other}.manifest.json`);
      await assertRejects(
        () => readManifest(other),
        TypeError,
        "it must be the manifest of other.parquet, current one is that of toy.parquet",
      );
    }),
);

testNeeding(
  FILES,
  "writeManifest() writes none for what is no file of wafers",
  () =>
    withWafers(async (file) => {
      await Deno.truncate(file, 100);
      await assertRejects(() => writeManifest(file, ORIGIN), TypeError, "not a whole Parquet file");
      await assertRejects(() => readManifest(file), Deno.errors.NotFound);
    }),
);

Deno.test("manifestPath() is the name with an ending more", () => {
  assertEquals(manifestPath("a.b/toy.parquet"), "a.b/toy.parquet.manifest.json");
  assertEquals(manifestPath("a.b/toy"), "a.b/toy.manifest.json");
  assertEquals(manifestPath("toy.v2.csv"), "toy.v2.csv.manifest.json");
  const url = manifestPath(new URL("file:///data/to%20y.npz"));
  assertEquals(`${url}`, "file:///data/to%20y.npz.manifest.json");
});
