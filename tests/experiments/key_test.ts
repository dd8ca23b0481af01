import { assert, assertEquals, assertRejects } from "@std/assert";
import { checksum, resultKey, type ResultKeyParts } from "../../src/experiments/key.ts";

const PARTS: ResultKeyParts = {
  experiment: "fig5",
  config: { bits: 9, loss: { name: "telescope", weights: "rule" } },
  seeds: [1, 2],
  dataChecksum: "ab",
  version: "0.1.0",
};

Deno.test("checksum() gives the published digests of SHA-256", async () => {
  // FIPS 180-4 examples: the empty message, and 56 letters that need two blocks.
  const text = (message: string) => checksum(new TextEncoder().encode(message));
  assertEquals(
    await text(""),
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  );
  assertEquals(
    await text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  );
});

Deno.test("checksum() reads a part of a buffer, and memory shared between threads", async () => {
  const bytes = new TextEncoder().encode("xabcx");
  const abc = await checksum(new TextEncoder().encode("abc"));
  assertEquals(await checksum(bytes.subarray(1, 4)), abc);
  const shared = new Uint8Array(new SharedArrayBuffer(3));
  shared.set(bytes.subarray(1, 4));
  assertEquals(await checksum(shared), abc);
});

Deno.test("resultKey() is the same for the same parts, in any order", async () => {
  const reordered = {
    version: "0.1.0",
    seeds: [1, 2],
    config: { loss: { weights: "rule", name: "telescope" }, bits: 9 },
    dataChecksum: "ab",
    experiment: "fig5",
  };
  assertEquals(await resultKey(reordered), await resultKey(PARTS));
  assert(/^[0-9a-f]{16}$/.test(await resultKey(PARTS)));
});

Deno.test("resultKey() changes with every part", async () => {
  const others: ResultKeyParts[] = [
    { ...PARTS, experiment: "fig6" },
    { ...PARTS, config: { ...PARTS.config, bits: 7 } },
    { ...PARTS, seeds: [2, 1] },
    { ...PARTS, dataChecksum: "ac" },
    { ...PARTS, version: "0.1.1" },
  ];
  const keys = await Promise.all([PARTS, ...others].map(resultKey));
  assertEquals(new Set(keys).size, keys.length);
});

Deno.test("resultKey() refuses a configuration that JSON cannot hold", async () => {
  await assertRejects(
    () => resultKey({ ...PARTS, config: { rate: NaN } }),
    RangeError,
    "value.config.rate must be a finite number",
  );
});
