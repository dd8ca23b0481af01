import { assertThrows } from "@std/assert";
import { plateauRate } from "../../../src/tensor/training/schedules.ts";
import {
  checkTrainingOptions,
  type TrainingOptions,
} from "../../../src/tensor/training/training_options.ts";
import { memoryStore } from "../../../src/experiments/store.ts";
import { hostLoss, toyData } from "./_toy_model.ts";

const MODEL = {
  name: "toy",
  parameters: new Map(),
  state: new Map(),
  apply: () => {
    throw new Error("not asked for");
  },
  dispose: () => {},
};

const OPTIONS: TrainingOptions = {
  model: MODEL,
  loss: hostLoss(),
  data: toyData(1, 4),
  batchSize: 2,
  seed: 1,
  steps: 5,
  learningRate: 0.1,
};

Deno.test("checkTrainingOptions lets sound options pass", () => {
  const checkpoint = { store: memoryStore(), name: "toy" };
  const learning = { ...hostLoss(), update: () => {} };
  checkTrainingOptions(OPTIONS);
  checkTrainingOptions({ ...OPTIONS, checkpoint, loss: hostLoss() });
  checkTrainingOptions({ ...OPTIONS, loss: learning });
  const resumable = { ...learning, exportState: () => ({}), importState: () => {} };
  checkTrainingOptions({ ...OPTIONS, checkpoint, loss: resumable });
  checkTrainingOptions({
    ...OPTIONS,
    validation: toyData(1, 4),
    earlyStopping: { patience: 1 },
    learningRate: plateauRate({ start: 1 }),
  });
});

Deno.test("checkTrainingOptions says what does not fit", () => {
  const replica = { rank: 0, workers: 2, sum: async () => [], stopRequested: () => false };
  const learning = { ...hostLoss(), update: () => {} };
  for (
    const [change, ErrorClass, message] of [
      [{ epochs: 3 }, TypeError, "Cannot train toy: give either steps or epochs"],
      [{ earlyStopping: { patience: 1 } }, TypeError, "early stopping needs rows to validate with"],
      [{ learningRate: plateauRate({ start: 1 }) }, TypeError, "needs rows to validate with"],
      [{ loss: learning, replica }, TypeError, "the loss cubes learns, and its copies"],
      [
        { loss: learning, checkpoint: { store: memoryStore(), name: "toy" } },
        TypeError,
        "the loss cubes learns and has no state to export",
      ],
      [{ steps: 0 }, RangeError, "steps must be a positive integer, current value is 0"],
      [{ validateEverySteps: 1.5 }, RangeError, "validateEverySteps must be a positive integer"],
      [
        { checkpoint: { store: memoryStore(), name: "toy", everySteps: -1 } },
        RangeError,
        "checkpoint.everySteps must be a positive integer, current value is -1",
      ],
      [
        { validation: toyData(1, 4), earlyStopping: { patience: 0 } },
        RangeError,
        "earlyStopping.patience must be a positive integer, current value is 0",
      ],
    ] as const
  ) {
    assertThrows(() => checkTrainingOptions({ ...OPTIONS, ...change }), ErrorClass, message);
  }
  const { steps: _, ...without } = OPTIONS;
  assertThrows(() => checkTrainingOptions(without), TypeError, "give either steps or epochs");
});
