import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  constantRate,
  cosineRate,
  type LearningRateSchedule,
  plateauRate,
} from "../../../src/tensor/training/schedules.ts";

Deno.test("constantRate never changes", () => {
  const schedule = constantRate(0.01);
  assertEquals([0, 1, 1e6].map((step) => schedule.rate(step, schedule.start)), [0.01, 0.01, 0.01]);
  assertEquals(schedule.next, undefined);
});

Deno.test("cosineRate grows linearly, falls along a cosine, and stays at its floor", () => {
  const { rate, start } = cosineRate({ peak: 8, floor: 2, warmUpSteps: 4, steps: 16 });
  assertEquals([0, 1, 2, 3].map((step) => rate(step, start)), [2, 4, 6, 8]);
  // Closed forms of the cosine at 0, 60, 90, 120 and 180 degrees.
  const expected = [[4, 8], [8, 6.5], [10, 5], [12, 3.5], [16, 2], [17, 2], [1000, 2]];
  for (const [step, value] of expected) assertAlmostEquals(rate(step, start), value, 1e-12);
  const bare = cosineRate({ peak: 1, steps: 2 });
  assertEquals([0, 1, 2].map((step) => bare.rate(step, bare.start)), [1, 0.5, 0]);
});

Deno.test("plateauRate waits, reduces, counts anew and stops at its floor", () => {
  const schedule = plateauRate({ start: 1, factor: 0.5, patience: 2, threshold: 0.1, floor: 0.2 });
  // 9.5 is no improvement on 10 by a tenth; 8.9 is.
  const losses = [10, 9.5, 9.5, 8.9, 8.9, 8.9, 8.9, 8.9, 8.9, 8.9, 9, 9, 9, 1];
  const rates = [1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2, 0.2];
  assertEquals(_follow(schedule, losses), rates);
});

Deno.test("a state that was written as JSON goes on where it was", () => {
  const schedule = plateauRate({ start: 1, factor: 0.5, patience: 1 });
  const losses = [3, 2, 2.5, 2.5, 2.5, 2.5, 1, 1, 1, 1];
  const rates = _follow(schedule, losses);
  for (let cut = 0; cut < losses.length; cut++) {
    let state = schedule.start;
    for (const loss of losses.slice(0, cut)) state = schedule.next!(state, loss);
    state = JSON.parse(JSON.stringify(state));
    assertEquals(_follow({ ...schedule, start: state }, losses.slice(cut)), rates.slice(cut));
  }
});

Deno.test("schedules refuse numbers out of range", () => {
  for (
    const [make, message] of [
      [() => constantRate(0), "rate must be > 0 and finite, current value is 0"],
      [() => constantRate(Infinity), "rate must be > 0 and finite"],
      [() => cosineRate({ peak: -1, steps: 5 }), "peak must be > 0"],
      [() => cosineRate({ peak: 1, steps: 5, warmUpSteps: 5 }), "steps must be an integer > warm"],
      [() => cosineRate({ peak: 1, steps: 5, warmUpSteps: 0.5 }), "warmUpSteps must be an integer"],
      [() => cosineRate({ peak: 1, steps: 5, floor: 2 }), "floor must be between 0 and peak"],
      [() => plateauRate({ start: NaN }), "start must be > 0"],
      [() => plateauRate({ start: 1, factor: 1 }), "factor must be in (0, 1)"],
      [() => plateauRate({ start: 1, patience: -1 }), "patience must be an integer >= 0"],
      [() => plateauRate({ start: 1, threshold: 1 }), "threshold must be in [0, 1)"],
      [() => plateauRate({ start: 1, floor: 2 }), "floor must be between 0 and start"],
    ] as const
  ) {
    assertThrows(make, RangeError, message);
  }
});

function _follow(schedule: LearningRateSchedule, losses: readonly number[]): number[] {
  let state = schedule.start;
  return losses.map((loss) => {
    state = schedule.next!(state, loss);
    return schedule.rate(0, state);
  });
}
