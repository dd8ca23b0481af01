import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  surrogateKinds,
  surrogateRecipe,
} from "../../../src/models/surrogates/surrogate_recipes.ts";
import type { SurrogateKind } from "../../../src/models/surrogates/types.ts";

Deno.test("every kind of surrogate has a recipe", async () => {
  const kinds = surrogateKinds();
  assert(kinds.includes("scale_free"));
  for (const kind of kinds) {
    const { steps } = await surrogateRecipe(kind);
    assert(Number.isSafeInteger(steps) && steps >= 0, kind);
  }
  assertEquals(new Set(kinds).size, kinds.length);
});

Deno.test("surrogateRecipe() refuses other kinds, by name", async () => {
  for (const kind of ["scale-free", "toString", ""]) {
    await assertRejects(
      () => surrogateRecipe(kind as SurrogateKind),
      RangeError,
      `current value is ${kind}`,
    );
  }
});
