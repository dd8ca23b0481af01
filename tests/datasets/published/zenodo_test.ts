import { assertEquals, assertThrows } from "@std/assert";
import {
  checkFileName,
  parseZenodoRecord,
  planDownload,
} from "../../../src/datasets/published/zenodo.ts";

const ZENODO = "https://zenodo.org";
const MD5 = "0123456789abcdef0123456789abcdef";

function file(key: unknown, changes: Record<string, unknown> = {}) {
  const self = `${ZENODO}/api/records/1/files/${key}/content`;
  return { id: "x", key, size: 12, checksum: `md5:${MD5}`, links: { self }, ...changes };
}

Deno.test("parseZenodoRecord() reads files in the order of their names", () => {
  assertEquals(
    parseZenodoRecord(
      { id: 1, metadata: { title: "Sample" }, files: [file("b.root"), file("a.root")] },
      ZENODO,
    ),
    {
      title: "Sample",
      files: ["a.root", "b.root"].map((name) => ({
        name,
        size: 12,
        md5: MD5,
        url: `${ZENODO}/api/records/1/files/${name}/content`,
      })),
    },
  );
});

Deno.test("parseZenodoRecord() takes nothing for granted", () => {
  const cases: [answer: unknown, text: string][] = [
    [null, "must have a list of files"],
    ["text", "must have a list of files"],
    [{ status: 403 }, "must have a list of files"],
    [{ files: [null] }, "file 0 must have a name"],
    [{ files: [file(7)] }, "file 0 must have a name"],
    [{ files: [file("a", { size: "12" })] }, "size of a must be an integer >= 0"],
    [{ files: [file("a", { size: -1 })] }, "size of a must be an integer >= 0"],
    [{ files: [file("a", { checksum: undefined })] }, "checksum of a must be"],
    [{ files: [file("a", { checksum: `sha256:${MD5}` })] }, "checksum of a must be"],
  ];
  for (const [answer, text] of cases) {
    assertThrows(() => parseZenodoRecord(answer, ZENODO), TypeError, text);
  }
});

Deno.test("parseZenodoRecord() refuses files on other servers", () => {
  for (const self of ["https://zenodo.org.evil.com/a", "http://zenodo.org/a", "/a", undefined]) {
    assertThrows(
      () => parseZenodoRecord({ files: [file("a", { links: { self } })] }, ZENODO),
      RangeError,
      "the address of a must be on https://zenodo.org",
    );
  }
});

Deno.test("parseZenodoRecord() refuses names that would meet in a folder", () => {
  for (const names of [["a", "a"], ["a.root", "A.ROOT"], ["\u00e9", "e\u0301"]]) {
    assertThrows(
      () => parseZenodoRecord({ files: names.map((name) => file(name)) }, ZENODO),
      RangeError,
      "two of its files are called",
    );
  }
});

Deno.test("checkFileName() refuses whatever could leave the folder", () => {
  const bad = [
    ...["", ".", "..", "../a", "a/../../b", "/etc/passwd", "a/b", "..\\a", "a\\b", "C:a", "C:\\a"],
    ...["a\0b", "a\nb", "\x1b[2Ja", "a\u0085b", ".bashrc", "a.", "a ", "a:stream", "a.partial"],
    "a.PARTIAL",
  ];
  for (const name of bad) {
    assertThrows(
      () => checkFileName(name),
      RangeError,
      `current name is ${JSON.stringify(name)}`,
    );
    assertThrows(() => parseZenodoRecord({ files: [file(name)] }, ZENODO), RangeError);
  }
  for (const name of ["ntuple_1.root", "a b (2).tar.gz", "\u00e9t\u00e9", "a..b"]) {
    assertEquals(checkFileName(name), name);
  }
});

Deno.test("planDownload() continues a part, and leaves a file that is there", () => {
  const plan = (size: number | undefined, partialSize: number | undefined) =>
    planDownload({ size: 100 }, { size, partialSize });
  assertEquals(plan(undefined, undefined), { kind: "download", from: 0 });
  assertEquals(plan(undefined, 40), { kind: "download", from: 40 });
  assertEquals(plan(undefined, 100), { kind: "download", from: 100 });
  assertEquals(plan(undefined, 101), { kind: "download", from: 0 });
  assertEquals(plan(100, undefined), { kind: "check" });
  assertEquals(plan(7, 40), { kind: "check" });
});
