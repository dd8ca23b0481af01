import { assert, assertEquals } from "@std/assert";
import { permission, testNeeding } from "../../_support/skips.ts";

const ROOT = new URL("../../../", import.meta.url);

testNeeding(
  [permission({ name: "read", path: ROOT })],
  "deno.jsr.json maps the names of deno.json to packages of the same name",
  () => {
    const imports = (file: string): Record<string, string> =>
      JSON.parse(Deno.readTextFileSync(new URL(file, ROOT))).imports;
    const original = imports("deno.jsr.json");
    assertEquals(Object.keys(original), Object.keys(imports("deno.json")));
    for (const [name, specifier] of Object.entries(original)) {
      assert(specifier.startsWith(`jsr:${name}@`), specifier);
    }
  },
);
