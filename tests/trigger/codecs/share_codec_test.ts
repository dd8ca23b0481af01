import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { shareCodec } from "../../../src/trigger/codecs/share_codec.ts";

const random = new RandomStream(1, "share codec");
const CHARGES = Float64Array.from({ length: 8 * 48 }, () => 0.2 + 5 * random.exponential());

Deno.test("shareCodec() gives each wafer its sum, whatever the scale of the shares", async () => {
  const scales = Float64Array.from({ length: 8 }, () => random.uniform() + 0.1);
  const scaled = CHARGES.map((charge, k) => charge * scales[Math.floor(k / 48)]);
  const sent = await shareCodec(() => scaled, { name: "scaled" }).transmit(CHARGES);
  CHARGES.forEach((charge, k) => assertAlmostEquals(sent[k], charge, 1e-12));
});

Deno.test("shareCodec() drops small charges and gives them to nobody", async () => {
  const charges = new Float64Array(48);
  charges[0] = 5, charges[1] = 0.1, charges[2] = 0.0999;
  const sent = await shareCodec((x) => x, { name: "same" }).transmit(charges);
  assertAlmostEquals(sent[0], 5, 1e-12);
  // Rounding may lead either way at the edge itself.
  assertEquals([sent[2], sent[3]], [0, 0]);
  const all = await shareCodec((x) => x, { name: "all", leastCharge: 0 }).transmit(charges);
  assertAlmostEquals(all[2], 0.0999, 1e-12);
});

Deno.test("shareCodec() sends sums of 8 bits an eighth too low at most", async () => {
  const codec = shareCodec(async (x) => await Promise.resolve(x), { name: "rough", sum: "5E3M" });
  const sent = await codec.transmit(CHARGES);
  let lost = 0;
  for (let start = 0; start < CHARGES.length; start += 48) {
    const sum = CHARGES.subarray(start, start + 48).reduce((a, b) => a + b);
    const arrived = Array.from(sent).slice(start, start + 48).reduce((a, b) => a + b);
    assert(arrived <= sum + 1e-9 && arrived > sum * 7 / 8);
    lost += sum - arrived;
  }
  assert(lost > 0);
});

Deno.test("shareCodec() takes a reconstruction without charge for nothing", async () => {
  const sent = await shareCodec((x) => x.map(() => 0), { name: "dark" }).transmit(CHARGES);
  assert(Array.from(sent).every((charge) => charge === 0));
});

Deno.test("shareCodec() costs header, sum and shares; wrong lengths are told", async () => {
  const codec = shareCodec(() => [1, 2], { name: "short", shareBits: 48 });
  assertEquals(codec.bits(CHARGES), 8 * (5 + 8 + 48));
  await assertRejects(
    async () => await codec.transmit(CHARGES),
    TypeError,
    "Cannot decode with short: it must give 384 numbers, current number is 2",
  );
});
