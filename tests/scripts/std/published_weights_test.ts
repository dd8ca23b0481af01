import { assertEquals, assertRejects } from "@std/assert";
import { rawNumbersPath, readPublishedWeights } from "../../../scripts/std/published_weights.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

testNeeding(NEEDS, "weights are read from manifests with the numbers beside", async () => {
  const path = new URL(`weights-${crypto.randomUUID()}.json`, HERE).pathname;
  const tensors = [{ name: "bias", shape: [2], offset_floats: 0 }];
  const manifest = { tensors, total_floats: 2, dtype: "float32 little-endian" };
  try {
    await Deno.writeTextFile(path, JSON.stringify(manifest));
    await Deno.writeFile(rawNumbersPath(path), Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 192));
    const [one, other] = await readPublishedWeights(`${path}, ${path}`);
    assertEquals([...one.weights.get("bias")!.values], [1, -2]);
    assertEquals([other.path, `${one.name}.json`], [path, path.split("/").at(-1)]);
    await Deno.remove(rawNumbersPath(path));
    await assertRejects(() => readPublishedWeights(path), Deno.errors.NotFound);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("no manifest is no weights", async () => {
  assertEquals(await readPublishedWeights(""), []);
  assertEquals(rawNumbersPath("a/b.json"), "a/b.f32");
});
