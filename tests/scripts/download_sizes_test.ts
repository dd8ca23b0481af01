import { assert, assertEquals } from "@std/assert";
import { downloadSizes, sizesTable } from "../../scripts/download_sizes.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "run", command: "deno" }),
];

testNeeding(NEEDS, "docs/install.md tells what each sub-path brings, within a tenth", async () => {
  const page = await Deno.readTextFile(new URL("docs/install.md", ROOT));
  const sizes = await downloadSizes(), [, , ...now] = sizesTable(sizes).map(_cells);
  const told = page.split("\n").filter((line) => line.startsWith("| `@hexmover/hexmover"))
    .map(_cells);
  assertEquals(told.map(([path]) => path), now.map(([path]) => path));
  told.forEach(([path, files, own, packages, all], k) => {
    const [, filesNow, ownNow, packagesNow, allNow] = now[k];
    assertEquals(packages, packagesNow, path);
    for (const [is, was] of [[filesNow, files], [ownNow, own], [allNow, all]]) {
      const ratio = _number(is) / _number(was);
      assert(ratio > 0.9 && ratio < 1.1, `${path}: ${was} is told, ${is} it is`);
    }
  });
});

testNeeding(
  NEEDS,
  "the EMD brings files of this project alone, tensors bring packages",
  async () => {
    const [wafer, tensor] = await downloadSizes(["./wafer", "./tensor"]);
    assertEquals(wafer.packages, 0);
    assert(Math.abs(wafer.bytes / wafer.ownBytes - 1) < 0.01);
    assert(tensor.packages > 0 && tensor.bytes > 10 * tensor.ownBytes);
  },
);

function _cells(line: string): string[] {
  return line.split("|").slice(1, -1).map((cell) => cell.trim());
}

/** "1.5 MB" as 1500, "44" as 44. */
function _number(text: string): number {
  const [value, unit] = text.split(" ");
  return Number(value) * (unit === "MB" ? 1000 : 1);
}
