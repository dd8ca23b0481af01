import { assert, assertEquals } from "@std/assert";
import { evaluationTime } from "../../../src/models/surrogates/evaluation_time.ts";

Deno.test("evaluationTime() asks for all pairs once a round, and once before", async () => {
  const asked = { value: 0, gradient: 0 };
  const x = new Float64Array(96), y = new Float64Array(96);
  const check = (target: unknown, output: unknown) => assert(target === x && output === y);
  const estimator = {
    value: (target: unknown, output: unknown) => {
      check(target, output);
      asked.value++;
      return new Float64Array(2);
    },
    valueAndGradient: async (target: unknown, output: unknown) => {
      check(target, output);
      asked.gradient++;
      await Promise.resolve();
      return { value: new Float64Array(2), gradient: new Float64Array(96) };
    },
  };
  const times = await evaluationTime(estimator, { x, y, count: 2 }, { rounds: 3 });
  assertEquals(asked, { value: 4, gradient: 4 });
  assert(times.value >= 0 && times.gradient >= 0);
});
