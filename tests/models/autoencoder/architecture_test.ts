import { assertEquals } from "@std/assert";
import { LATENTS } from "../../../src/models/autoencoder/architecture.ts";
import { latentBits } from "../../../src/models/inference/mod.ts";

Deno.test("five links carry the 144 bits of the paper's text, two the 48 of its Fig. 1", () => {
  assertEquals([5, 2].map((links) => LATENTS * latentBits(links)), [144, 48]);
});
