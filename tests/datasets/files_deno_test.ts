import { fileURLToPath, pathToFileURL } from "node:url";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { readWafers, writeWafers } from "../../src/datasets/files_deno.ts";
import { toyWafers } from "../../src/datasets/toy_wafers.ts";
import {
  chargesOf,
  concatenateWafers,
  selectWafers,
  waferTable,
} from "../../src/datasets/wafer_table.ts";
import { toPaperOrder } from "../../src/wafer/orders.ts";
import { permission, REFERENCE_DATA, referenceData, testNeeding } from "../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const FILES = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

/** Runs in a fresh folder that is removed afterwards. */
async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_files_" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map((entry) => entry.name);
}

testNeeding(FILES, "readWafers() reads what writeWafers() wrote", () =>
  inFolder(async (folder) => {
    const toy = toyWafers("degenerate", 40, 1);
    const file = `${folder}/toy.csv`;
    assertEquals(await writeWafers(file, toy), 40);
    assertEquals(names(folder), ["toy.csv"]);
    assertEquals(await Array.fromAsync(readWafers(file)), [toy]);

    // Several tables, from one file to another, over one that exists, named by URL.
    const url = pathToFileURL(`${folder}/TOY.CSV`);
    await writeWafers(url, [selectWafers(toy, [1])]);
    assertEquals(await writeWafers(url, readWafers(file, { chunkRows: 7 })), 40);
    const tables = await Array.fromAsync(readWafers(url, { chunkRows: 25 }));
    assertEquals(tables.map(({ count }) => count), [25, 15]);
    assertEquals(concatenateWafers(tables), toy);
  }));

testNeeding(FILES, "readWafers() passes the order on", () =>
  inFolder(async (folder) => {
    const { charges } = toyWafers("shower", 2, 1);
    await writeWafers(`${folder}/q.csv`, waferTable(toPaperOrder(charges)));
    const [table] = await Array.fromAsync(readWafers(`${folder}/q.csv`, { order: "paper" }));
    assertEquals(table.charges, charges);
  }));

testNeeding(
  FILES,
  "readWafers() names file and line of an error",
  () =>
    inFolder(async (folder) => {
      const file = `${folder}/bad.csv`;
      await writeWafers(file, toyWafers("shower", 3, 1));
      await Deno.writeTextFile(file, "1,2,3\n", { append: true });
      await assertRejects(
        () => Array.fromAsync(readWafers(file)),
        TypeError,
        `Cannot read wafers from ${file}: line 5`,
      );
    }),
);

testNeeding(
  FILES,
  "readWafers() says that a file is missing, or a folder",
  () =>
    inFolder(async (folder) => {
      await assertRejects(
        () => Array.fromAsync(readWafers(`${folder}/none.csv`)),
        Deno.errors.NotFound,
        `Cannot read wafers from ${folder}/none.csv: there is no such file`,
      );
      await Deno.mkdir(`${folder}/folder.csv`);
      await assertRejects(
        () => Array.fromAsync(readWafers(`${folder}/folder.csv`)),
        Deno.errors.IsADirectory,
        `Cannot read wafers from ${folder}/folder.csv: it is a folder`,
      );
    }),
);

testNeeding(
  FILES,
  "readWafers() closes a file that is not read to its end",
  () =>
    inFolder(async (folder) => {
      // The test runner fails a test that leaves a file open.
      await writeWafers(`${folder}/toy.csv`, toyWafers("shower", 5000, 1));
      for await (const table of readWafers(`${folder}/toy.csv`, { chunkRows: 1 })) {
        assertEquals(chargesOf(table, 0).length, 48);
        break;
      }
    }),
);

testNeeding(
  FILES,
  "writeWafers() leaves nothing behind when it fails",
  () =>
    inFolder(async (folder) => {
      const file = `${folder}/toy.csv`;
      const good = toyWafers("shower", 2, 1);
      const bad = { ...good, charges: good.charges.map(() => NaN) };
      await assertRejects(() => writeWafers(file, [good, bad]), RangeError, "wafer 0");
      await assertRejects(
        () => writeWafers(file, []),
        TypeError,
        `Cannot write wafers to ${file}: there are none`,
      );
      const unlike = waferTable(good.charges, { t: ["a", "b"] });
      await assertRejects(() => writeWafers(file, [good, unlike]), TypeError, "columns");
      assertEquals(names(folder), []);

      // A file that was there before stays as it was.
      await writeWafers(file, good);
      await assertRejects(() => writeWafers(file, bad), RangeError);
      assertEquals(await Array.fromAsync(readWafers(file)), [good]);
      assertEquals(names(folder), ["toy.csv"]);
    }),
);

testNeeding(FILES, "writeWafers() says that a folder is missing", () =>
  inFolder(async (folder) => {
    await assertRejects(
      () => writeWafers(`${folder}/none/toy.csv`, toyWafers("shower", 2, 1)),
      Deno.errors.NotFound,
      `Cannot write wafers to ${folder}/none/toy.csv: there is no such folder`,
    );
  }));

Deno.test("readWafers() and writeWafers() refuse other endings at once", async () => {
  assertThrows(
    () => readWafers("wafers.root"),
    TypeError,
    "Cannot read wafers from wafers.root: the name must end in .csv",
  );
  await assertRejects(
    () => writeWafers("wafers", toyWafers("shower", 1, 1)),
    TypeError,
    "Cannot write wafers to wafers: the name must end in .csv",
  );
});

testNeeding(
  [referenceData("wafers/dense.csv")],
  "readWafers() reads simulated wafers",
  async () => {
    const table = concatenateWafers(
      await Array.fromAsync(readWafers(new URL("wafers/dense.csv", REFERENCE_DATA))),
    );
    assertEquals(table.count, 4235);
    assertEquals([...chargesOf(table, 0).subarray(0, 5)], [104, 76, 7, 51, 224]);
  },
);
