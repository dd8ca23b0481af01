import { assertEquals, assertThrows } from "@std/assert";
import { useBackend } from "../../../src/tensor/backend.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { Adam } from "../../../src/tensor/training/adam.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../../src/tensor/training/checkpoint.ts";
import {
  exportRun,
  exportWeights,
  importRun,
  importWeights,
  type RunParts,
  type RunState,
} from "../../../src/tensor/training/run_state.ts";
import { hostLoss, toyModel, weightBytes } from "./_toy_model.ts";

await useBackend({ backend: "cpu" });

Deno.test("a run comes back from the bytes of its checkpoint", async () => {
  const from = _parts(1), to = _parts(2);
  const { model, adam } = from;
  const gradients = [...model.parameters.values()].map((variable) => tf.sin(variable));
  for (let step = 0; step < 3; step++) adam.step(gradients, 0.1);
  const best = await exportWeights(toyModel(7, { centred: true }));
  for (
    const state of [
      _state(),
      { ..._state(), ended: "patience", best: { step: 4, loss: 0.1, weights: best } } as const,
    ]
  ) {
    const bytes = await encodeCheckpoint(await exportRun(state, from));
    assertEquals(importRun(await decodeCheckpoint(bytes), to), state);
    assertEquals(weightBytes(to.model), weightBytes(model));
    assertEquals(await to.adam.exportState(), await adam.exportState());
  }
});

Deno.test("a run with other settings is refused before anything is changed", async () => {
  const from = _parts(1), to = _parts(2);
  const checkpoint = await exportRun(_state(), from);
  const before = weightBytes(to.model);
  for (const settings of [{ seed: 2 }, {}, { seed: 1, more: true }]) {
    assertThrows(
      () => importRun(checkpoint, { ...to, settings }),
      TypeError,
      "it is of a run with other settings",
    );
  }
  assertEquals(weightBytes(to.model), before);
});

Deno.test("weights go from one network to another", async () => {
  const from = toyModel(1, { centred: true }), to = toyModel(2, { centred: true });
  from.state.get("mean")!.assign(tf.tensor1d([1, 2, 3, 4, 5]));
  importWeights(to, await exportWeights(from));
  assertEquals(weightBytes(to), weightBytes(from));
});

function _parts(seed: number): RunParts {
  const model = toyModel(seed, { centred: true });
  return { model, adam: new Adam(model.parameters), loss: hostLoss(), settings: { seed: 1 } };
}

function _state(): RunState {
  return {
    step: 12,
    ended: undefined,
    lossSum: 0.1 + 0.2,
    lossRows: 24,
    schedule: { rate: 1 / 3, stalled: 2 },
    stalled: 1,
    best: undefined,
    history: [{ step: 10, loss: 1e-17, learningRate: 0.1, validationLoss: 5e-324 }],
  };
}
