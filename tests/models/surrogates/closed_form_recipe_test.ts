import { assert, assertEquals } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { closedForm } from "../../../src/models/surrogates/closed_form.ts";
import { closedFormRecipe } from "../../../src/models/surrogates/closed_form_recipe.ts";
import {
  fromSurrogateModule,
  type SurrogateModule,
  toSurrogateModule,
} from "../../../src/models/surrogates/surrogate_files.ts";
import { CELLS } from "../../../src/wafer/mod.ts";

const x = new Float64Array(CELLS).with(0, 1), y = new Float64Array(CELLS).with(30, 1);

Deno.test("the closed form's recipe fits, and restores what it fitted", async () => {
  assert(!closedFormRecipe.needsBackend);
  assertEquals(closedFormRecipe.steps, 0);
  const wafers = toyWafers("shower", 100, 1);
  const { weights, options, facts } = await closedFormRecipe.train({ wafers, seed: 1 });
  assert(Number(facts.relativeError) < 0.06 && Number(facts.pairs) > 20_000);
  const stored = { kind: "closed_form", options, provenance: facts, weights } as const;
  const surrogate = await closedFormRecipe.restore(fromSurrogateModule(toSurrogateModule(stored)));
  const [value] = await surrogate.value(x, y);
  assertEquals([value], [...closedForm(weights.get("term_weights")!.values).value(x, y)]);
});

Deno.test("the closed form's recipe knows the one that is shipped", async () => {
  const module = await closedFormRecipe.shipped!();
  const stored = fromSurrogateModule(module.default as SurrogateModule);
  assertEquals(stored.kind, "closed_form");
  assertEquals(stored.provenance.seed, 1);
  const surrogate = await closedFormRecipe.restore(stored);
  assertEquals([...await surrogate.value(x, y)], [...closedForm().value(x, y)]);
});
