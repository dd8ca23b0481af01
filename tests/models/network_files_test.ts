import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { memoryStore } from "../../src/experiments/store.ts";
import {
  fromNetworkModule,
  readNetwork,
  toNetworkModule,
  writeNetwork,
} from "../../src/models/network_files.ts";

const NETWORK = {
  kind: "toy",
  options: { units: 3, warm: true, list: [1, 2] },
  weights: new Map([
    ["hidden/kernel", { shape: [2, 3], values: Float32Array.of(1, -0, 1e-45, 3.4e38, 0.1, -7) }],
    ["hidden/bias", { shape: [], values: Float32Array.of(0.5) }],
  ]),
};
const { weights: WEIGHTS, ...FACTS } = NETWORK;

Deno.test("a network's folder holds what was written, to the last bit", async () => {
  const store = memoryStore();
  for (const folder of ["", "a/b"]) {
    await writeNetwork(store, folder, "facts.json", NETWORK);
    const { facts, weights } = await readNetwork(store, folder, "facts.json", "read a toy");
    assertEquals(facts, FACTS);
    assertEquals(weights, WEIGHTS);
  }
  assertEquals((await store.read("a/b/weights.f32"))?.length, 7 * 4);
});

Deno.test("the facts are written last, so that where they are, the weights are", async () => {
  const store = memoryStore(), written: string[] = [];
  const recording = {
    ...store,
    write: async (path: string, bytes: Uint8Array) => {
      written.push(path);
      await store.write(path, bytes);
    },
  };
  await writeNetwork(recording, "net", "facts.json", NETWORK);
  assertEquals(written.at(-1), "net/facts.json");
  assertEquals(written.toSorted(), ["net/facts.json", "net/weights.f32", "net/weights.json"]);
});

Deno.test("readNetwork() says what was being read, and which file is missing or broken", async () => {
  const store = memoryStore();
  await assertRejects(
    () => readNetwork(store, "net", "facts.json", "read a toy"),
    TypeError,
    "Cannot read a toy: there is no file net/facts.json",
  );
  await writeNetwork(store, "net", "facts.json", NETWORK);
  await store.write("net/weights.json", new TextEncoder().encode("{"));
  await assertRejects(
    () => readNetwork(store, "net", "facts.json", "read a toy"),
    TypeError,
    "Cannot read a toy: net/weights.json is not JSON",
  );
});

Deno.test("a network's module goes through JSON to the last bit, or is refused", () => {
  const module = toNetworkModule(NETWORK);
  assertEquals(fromNetworkModule(JSON.parse(JSON.stringify(module)), "read a toy"), NETWORK);
  const { weights: _, ...rest } = module;
  assertThrows(
    () => fromNetworkModule(rest as typeof module, "read a toy"),
    TypeError,
    "Cannot read a toy: weights must be a text in base64",
  );
  const shorter = { ...module, weights: module.weights.slice(0, 8) };
  assertThrows(() => fromNetworkModule(shorter, "read a toy"), RangeError);
});
