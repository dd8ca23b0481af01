import { assertEquals } from "@std/assert";
import { lossName } from "../../../src/experiments/report/loss_name.ts";
import { autoencoderLossNames } from "../../../src/models/autoencoder/autoencoder_loss.ts";

Deno.test("losses of the autoencoder have names of their own, without underscores", () => {
  const names = autoencoderLossNames().map(lossName);
  assertEquals(new Set(names).size, names.length);
  assertEquals(names.filter((name) => name.includes("_")), []);
  assertEquals(lossName("constructor"), "constructor");
});
