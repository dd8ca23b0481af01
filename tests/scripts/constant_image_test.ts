import { assert, assertEquals } from "@std/assert";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);

testNeeding(
  [permission({ name: "run", command: "deno" })],
  "constant_image.ts prints an image that is better than the mean wafer, and a bound below it",
  async () => {
    const { success, stdout } = await new Deno.Command("deno", {
      args: "run --no-lock --no-prompt --allow-read scripts/constant_image.ts --steps 6".split(" "),
      cwd: ROOT,
    }).output();
    assert(success);
    const text = new TextDecoder().decode(stdout);
    const numbers = [...text.matchAll(/ (\d\.\d{3})$/gm)].map(([, value]) => Number(value));
    assertEquals(numbers.length, 3, text);
    const [best, bound, mean] = numbers;
    assert(bound < best && best <= mean, text);
  },
);
