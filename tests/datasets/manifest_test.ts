import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  formatManifest,
  parseManifest,
  waferContent,
  type WaferManifest,
} from "../../src/datasets/manifest.ts";
import { waferTable } from "../../src/datasets/wafer_table.ts";

const MANIFEST: WaferManifest = {
  schema: 1,
  file: "toy.parquet",
  bytes: 1234,
  sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  wafers: 30,
  events: 2,
  rawCharges: true,
  columns: [{ name: "event", type: "numbers" }, { name: "gen_kind", type: "texts" }],
  seed: 7,
  config: { pT: [2, 35], particle: "electron", pileUp: 200, nested: { on: true, none: null } },
  version: "0.1.0",
};

Deno.test("waferContent() counts wafers and events over tables", async () => {
  const tableOf = (...events: number[]) =>
    waferTable(
      new Float64Array(events.length * 48),
      { event: Float64Array.from(events), kind: events.map(String) },
      new Float64Array(events.length * 48),
    );
  assertEquals(await waferContent([tableOf(5, 5, 0), tableOf(0, 7), tableOf(NaN, NaN)]), {
    wafers: 7,
    events: 4,
    rawCharges: true,
    columns: [{ name: "event", type: "numbers" }, { name: "kind", type: "texts" }],
  });
  assertEquals(await waferContent([waferTable(new Float64Array(48))]), {
    wafers: 1,
    events: null,
    rawCharges: false,
    columns: [],
  });
  await assertRejects(() => waferContent([]), TypeError, "there is no table");
});

Deno.test("formatManifest() gives one text, whatever the order of entries", () => {
  const text = formatManifest(MANIFEST);
  assertEquals(parseManifest(text), MANIFEST);
  const turned = Object.fromEntries(Object.entries(MANIFEST).toReversed());
  assertEquals(formatManifest(turned as unknown as WaferManifest), text);
  assertEquals(text.startsWith('{\n  "schema": 1,\n  "file": "toy.parquet",\n'), true);
  assertEquals(text.endsWith("}\n"), true);
});

Deno.test("formatManifest() refuses numbers that JSON does not have", () => {
  assertThrows(
    () => formatManifest({ ...MANIFEST, config: { cut: Infinity } }),
    RangeError,
    "Cannot write the manifest of toy.parquet: cut must be a finite number, " +
      "current value is Infinity",
  );
});

Deno.test("parseManifest() names the entry that is missing or wrong", () => {
  const wrong: [keyof WaferManifest, unknown, string][] = [
    ["schema", 2, "1, current value is 2"],
    ["file", 5, "a text"],
    ["bytes", -1, "an integer >= 0"],
    ["sha256", "abc", "64 hexadecimal digits"],
    ["wafers", 1.5, "an integer >= 0"],
    ["events", "2", "an integer >= 0, or null"],
    ["rawCharges", 1, "true or false"],
    ["columns", [{ name: "a", type: "dates" }], "a list of { name, type }"],
    ["columns", [null], "a list of { name, type }"],
    ["seed", "7", "a number, or null"],
    ["config", [], "an object"],
    ["version", undefined, "a text, current value is undefined"],
  ];
  for (const [name, value, message] of wrong) {
    const text = JSON.stringify({ ...MANIFEST, [name]: value });
    assertThrows(
      () => parseManifest(text, "a.manifest.json"),
      TypeError,
      `Cannot read a.manifest.json: ${name} must be ${message}`,
    );
  }
  for (const text of ["", "{", formatManifest(MANIFEST).slice(0, -10)]) {
    assertThrows(() => parseManifest(text), TypeError, "Cannot read manifest: it is not JSON");
  }
  for (const text of ["null", "5", "[]"]) {
    assertThrows(() => parseManifest(text), TypeError, "schema must be 1");
  }
});
