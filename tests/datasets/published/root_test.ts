import { assert, assertEquals, assertRejects } from "@std/assert";
import { openFile } from "npm:jsroot@7.11.2/io";
import { treeProcess, TSelector } from "npm:jsroot@7.11.2/tree";
import { type ByteSource, openByteSource } from "../../../src/datasets/formats/byte_source_deno.ts";
import { openRootTree } from "../../../src/datasets/published/root.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../../_support/skips.ts";

/** Vectors, and arrays whose length stands in another branch; some branches have several baskets. */
const FILES = {
  "root/vector_float.root": { tree: "AnalysisMiniTree", entries: 100, branches: 42, unread: 8 },
  "root/counted_arrays.root": { tree: "events", entries: 2421, branches: 51, unread: 0 },
};
const VECTORS = "root/vector_float.root";
const ARRAYS = "root/counted_arrays.root";

/** Bytes in memory; counts those that are read. */
function memorySource(bytes: Uint8Array<ArrayBuffer>): ByteSource & { bytesRead: number } {
  return {
    name: "memory.root",
    size: bytes.length,
    bytesRead: 0,
    async read(position, length) {
      this.bytesRead += length;
      return bytes.slice(position, position + length);
    },
  };
}

function readReference(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return Deno.readFile(new URL(file, REFERENCE_DATA));
}

for (const [name, facts] of Object.entries(FILES)) {
  testNeeding(
    [referenceData(name)],
    `openRootTree() reads ${name} as jsroot's own loop does`,
    async () => {
      const bytes = await readReference(name);
      const tree = await openRootTree(memorySource(bytes), facts.tree);
      assertEquals([tree.entries, tree.branches.length], [facts.entries, facts.branches]);

      const file = await openFile(bytes.slice().buffer);
      const theirTree = await file.readObject(facts.tree);
      let unread = 0;
      for (const branch of tree.branches) {
        const ours: number[][] = [];
        try {
          for (let entry = 0; entry < tree.entries; entry++) {
            ours.push([...(await tree.read(entry, [branch]))[branch]]);
          }
        } catch (error) {
          assert(String(error).includes("current type is vector<vector<"), String(error));
          unread++;
          continue;
        }
        assertEquals(ours, await _byJsroot(theirTree, branch), branch);
      }
      assertEquals(unread, facts.unread);
    },
  );
}

testNeeding([referenceData(ARRAYS)], "openRootTree() reads entries in any order", async () => {
  using source = await openByteSource(new URL(ARRAYS, REFERENCE_DATA));
  const tree = await openRootTree(source, "events");
  // Entry 2231 is the first of the second basket.
  for (const entry of [2420, 0, 2231, 2230, 2231]) {
    const { NMuon, Muon_Px, Muon_Py } = await tree.read(entry, ["NMuon", "Muon_Px", "Muon_Py"]);
    assertEquals([Muon_Px.length, Muon_Py.length], [NMuon[0], NMuon[0]], `entry ${entry}`);
    assert(NMuon[0] <= 4 && Muon_Px.every((px) => Math.abs(px) < 1000));
  }
  await assertRejects(() => tree.read(2421, ["NMuon"]), RangeError, "current value is 2421");
  await assertRejects(() => tree.read(0.5, ["NMuon"]), RangeError, "entry must be an integer");
});

testNeeding([referenceData(VECTORS)], "openRootTree() reads no more than it needs", async () => {
  const source = memorySource(await readReference(VECTORS));
  const tree = await openRootTree(source, "AnalysisMiniTree");
  assert(source.bytesRead < 30_000, `${source.bytesRead} bytes for the table of contents`);

  // One of 16 baskets, once for all its entries.
  const before = source.bytesRead;
  for (let entry = 0; entry < 7; entry++) await tree.read(entry, ["truth_vx_z"]);
  assertEquals(source.bytesRead - before, 11336);
});

testNeeding([referenceData(VECTORS)], "openRootTree() names what is missing", async () => {
  const source = memorySource(await readReference(VECTORS));
  await assertRejects(
    () => openRootTree(source, "folder/tree"),
    TypeError,
    "Cannot read memory.root: there is no tree folder/tree, there is [AnalysisMiniTree]",
  );
  const tree = await openRootTree(source, "AnalysisMiniTree");
  await assertRejects(
    () => tree.read(0, ["runNumber", "tc_data"]),
    TypeError,
    "Cannot read memory.root: tree AnalysisMiniTree has no branch tc_data, it has [runNumber, ",
  );
});

testNeeding([referenceData(VECTORS)], "openRootTree() says that a file is truncated", async () => {
  const bytes = await readReference(VECTORS);
  for (const length of [482_368, 300_000, 400, 64, 10, 4]) {
    await assertRejects(
      () => openRootTree(memorySource(bytes.slice(0, length)), "AnalysisMiniTree"),
      TypeError,
      "Cannot read memory.root: it is truncated",
    );
  }
});

Deno.test("openRootTree() says that a file is not a ROOT file", async () => {
  for (const text of ["", "roo", "CALQ_0,CALQ_1\n".repeat(100)]) {
    await assertRejects(
      () => openRootTree(memorySource(new TextEncoder().encode(text)), "tree"),
      TypeError,
      "Cannot read memory.root: it is not a ROOT file",
    );
  }
});

testNeeding(
  [referenceData(VECTORS)],
  "openRootTree() names the branch that is damaged",
  async () => {
    const bytes = await readReference(VECTORS);
    const untouched = memorySource(bytes);
    await (await openRootTree(untouched, "AnalysisMiniTree")).read(0, ["truth_vx_z"]);

    // Zeros over the middle of the file, where baskets are; the table of contents stands at the end.
    const damaged = bytes.slice();
    damaged.fill(0, 1000, 470_000);
    const tree = await openRootTree(memorySource(damaged), "AnalysisMiniTree");
    await assertRejects(
      () => tree.read(8, ["truth_vx_z"]),
      TypeError,
      "Cannot read memory.root: branch truth_vx_z, entries 7 to 14: ",
    );

    // And over the table of contents.
    const headless = bytes.slice();
    headless.fill(0, 476_000);
    await assertRejects(
      () => openRootTree(memorySource(headless), "AnalysisMiniTree"),
      TypeError,
      "Cannot read memory.root: its table of contents: ",
    );
  },
);

/** A second opinion on the values of a branch. */
// deno-lint-ignore no-explicit-any
async function _byJsroot(tree: any, branch: string): Promise<number[][]> {
  const selector = new TSelector();
  const values: number[][] = [];
  selector.addBranch(branch, "value");
  selector.Process = function () {
    const { value } = this.tgtobj;
    values.push(typeof value === "object" ? Array.from(value, Number) : [Number(value)]);
  };
  await treeProcess(tree, selector);
  return values;
}
