import { assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { type ColumnTable, readColumns, writeColumns } from "../../../scripts/std/column_tables.ts";
import { npzBytes, parseNpz } from "../../../src/datasets/formats/npz.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

const TABLE: ColumnTable = {
  count: 2,
  columns: { CODE_0: Float64Array.of(3, 5), eta: Float64Array.of(1.5, NaN), kind: ["a", "b,c"] },
};

async function* _later(...tables: ColumnTable[]) {
  yield* tables;
}

testNeeding(NEEDS, "a table goes into each format and back", async () => {
  await _inFolder(async (folder) => {
    for (const ending of ["csv", "parquet", "npz"]) {
      const path = `${folder}/table.${ending}`;
      assertEquals(await writeColumns(path, _later(TABLE, TABLE), ["CODE_0"]), 4);
      const tables = await Array.fromAsync(readColumns(path));
      assertEquals(tables.reduce((sum, { count }) => sum + count, 0), 4);
      const all = (name: string) => tables.flatMap(({ columns }) => [...columns[name]]);
      assertEquals(all("CODE_0"), [3, 5, 3, 5]);
      assertEquals(all("eta"), [1.5, NaN, 1.5, NaN]);
      assertEquals(all("kind"), ["a", "b,c", "a", "b,c"]);
    }
    const { CODE_0, eta } = parseNpz(await Deno.readFile(`${folder}/table.npz`));
    assertEquals([CODE_0.data, eta.shape], [Int32Array.of(3, 5, 3, 5), [4]]);
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    assertEquals(names.sort(), ["table.csv", "table.npz", "table.parquet"]);
  });
});

testNeeding(NEEDS, "what is wrong with a file is said, and nothing is left behind", async () => {
  await _inFolder(async (folder) => {
    const write = (name: string, ...tables: ColumnTable[]) =>
      writeColumns(`${folder}/${name}`, _later(...tables));
    await assertRejects(
      () => write("a.txt", TABLE),
      TypeError,
      "must end in one of .csv, .parquet",
    );
    for (const ending of ["csv", "parquet", "npz"]) {
      await assertRejects(() => write(`a.${ending}`), TypeError, "there are no rows");
    }
    await assertRejects(
      () => write("no/such/a.csv", TABLE),
      Deno.errors.NotFound,
      "no such folder",
    );
    assertEquals(await Array.fromAsync(Deno.readDir(folder)), []);

    const read = (name: string) => Array.fromAsync(readColumns(`${folder}/${name}`));
    await assertRejects(() => read("a.txt"), TypeError, "Cannot read columns from");
    await assertRejects(() => read("a.csv"), Deno.errors.NotFound, "there is no such file");
    const matrix = { codes: { data: new Float64Array(32), shape: [2, 16] } };
    await Deno.writeFile(`${folder}/b.npz`, npzBytes(matrix));
    await assertRejects(() => read("b.npz"), TypeError, "array codes: its shape must be [32]");
  });
});

async function _inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_columns_" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
