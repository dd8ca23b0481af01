import { assertEquals } from "@std/assert";
import { fitCodecs } from "../../src/codecs/fits.ts";
import { codecFitsFromJson, codecFitsToJson } from "../../src/codecs/fits_json.ts";
import { RandomStream } from "../../src/numerics/mod.ts";

Deno.test("fits come back from JSON, components as float32", () => {
  const random = new RandomStream(9, "fits");
  const fits = fitCodecs(Float64Array.from({ length: 20 * 48 }, () => random.uniform()));
  const json = codecFitsToJson(fits, { wafers: 20 });
  const again = codecFitsFromJson(JSON.parse(JSON.stringify(json)));
  assertEquals(JSON.parse(JSON.stringify(json)).provenance, { wafers: 20 });
  assertEquals([again.largestK, again.largestPart], [fits.largestK, fits.largestPart]);
  assertEquals(
    JSON.stringify(again.sqrtLevels),
    JSON.stringify(fits.sqrtLevels.map((l) => [...Array.from(l)])),
  );
  for (const name of ["mean", "components", "variances", "levels"] as const) {
    const rounded = Float32Array.from(fits.pca[name]);
    assertEquals(again.pca[name].join(), Float64Array.from(rounded).join(), name);
  }
});
