import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { memoryStore } from "../../../src/experiments/store.ts";
import {
  fromSurrogateModule,
  readSurrogate,
  type StoredSurrogate,
  toSurrogateModule,
  writeSurrogate,
} from "../../../src/models/surrogates/surrogate_files.ts";

const SURROGATE: StoredSurrogate = {
  kind: "scale_free",
  options: { units: 3, warm: true },
  provenance: { seed: 7, data: "sha256 of something", lastLoss: 1.5e-4 },
  weights: new Map([
    ["hidden/kernel", { shape: [2, 3], values: Float32Array.of(1, -0, 1e-45, 3.4e38, 0.1, -7) }],
    ["hidden/bias", { shape: [], values: Float32Array.of(0.5) }],
  ]),
};

Deno.test("a surrogate's folder holds what was written, to the last bit", async () => {
  const store = memoryStore();
  for (const folder of ["", "a/b"]) {
    await writeSurrogate(store, folder, SURROGATE);
    assertEquals(await readSurrogate(store, folder), SURROGATE);
  }
  const facts = JSON.parse(new TextDecoder().decode(await store.read("a/b/surrogate.json")));
  assertEquals(facts, {
    kind: "scale_free",
    options: { units: 3, warm: true },
    provenance: { seed: 7, data: "sha256 of something", lastLoss: 1.5e-4 },
  });
  assertEquals((await store.read("a/b/weights.f32"))?.length, 7 * 4);
});

Deno.test("a surrogate's module goes through JSON to the last bit", () => {
  const text = JSON.stringify(toSurrogateModule(SURROGATE));
  assertEquals(fromSurrogateModule(JSON.parse(text)), SURROGATE);
});

Deno.test("readSurrogate() says which file is missing or broken", async () => {
  for (const name of ["surrogate.json", "weights.json", "weights.f32"]) {
    const store = memoryStore();
    await writeSurrogate(store, "net", SURROGATE);
    const withhold = {
      ...store,
      read: (path: string) =>
        path === `net/${name}` ? Promise.resolve(undefined) : store.read(path),
    };
    await assertRejects(() => readSurrogate(withhold, "net"), TypeError, `no file net/${name}`);
  }
  const store = memoryStore();
  await writeSurrogate(store, "net", SURROGATE);
  await store.write("net/weights.f32", new Uint8Array(5));
  await assertRejects(() => readSurrogate(store, "net"), RangeError, "current value is 5");
  await store.write("net/surrogate.json", new TextEncoder().encode("{"));
  await assertRejects(() => readSurrogate(store, "net"), TypeError, "surrogate.json is not JSON");
});

Deno.test("fromSurrogateModule() refuses other JSON", () => {
  const module = toSurrogateModule(SURROGATE);
  for (const part of ["kind", "options", "provenance", "weights", "manifest"] as const) {
    const { [part]: _, ...rest } = module;
    assertThrows(() => fromSurrogateModule(rest as typeof module), TypeError);
  }
  const shorter = { ...module, weights: module.weights.slice(0, 8) };
  assertThrows(() => fromSurrogateModule(shorter), RangeError);
});
