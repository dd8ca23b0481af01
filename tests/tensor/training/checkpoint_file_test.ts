import { assertEquals, assertRejects } from "@std/assert";
import { memoryStore } from "../../../src/experiments/store.ts";
import { CheckpointFile } from "../../../src/tensor/training/checkpoint_file.ts";

Deno.test("CheckpointFile keeps the newest and the one before", async () => {
  const store = memoryStore();
  assertEquals(await _newest(new CheckpointFile(store, "run/a")), [undefined, []]);
  const file = new CheckpointFile(store, "run/a");
  for (let step = 0; step < 5; step++) {
    assertEquals(await file.write(_at(step)), `run/a.${step % 2}`);
    assertEquals(file.newest, `run/a.${step % 2}`);
    assertEquals(await _newest(new CheckpointFile(store, "run/a")), [step, []]);
    assertEquals((await store.read("run/a.1")) !== undefined, step > 0);
  }
  await store.write("run/a.0", Uint8Array.of(1));
  const warning = "run/a.0 is broken (Cannot read a checkpoint: these are not the bytes of one); " +
    "going on from run/a.1";
  assertEquals(await _newest(new CheckpointFile(store, "run/a")), [3, [warning]]);
});

Deno.test("CheckpointFile writes over the broken one, never over the last good one", async () => {
  for (const broken of [0, 1]) {
    const store = memoryStore();
    const first = new CheckpointFile(store, "a");
    await first.write(_at(1));
    await first.write(_at(2));
    await store.write(`a.${broken}`, new Uint8Array(100));
    const second = new CheckpointFile(store, "a");
    const [good] = await _newest(second);
    assertEquals(good, broken === 0 ? 2 : 1);
    assertEquals(await second.write(_at(7)), `a.${broken}`);
    assertEquals(await _newest(new CheckpointFile(store, "a")), [7, []]);
    await store.write(`a.${broken}`, new Uint8Array(100));
    assertEquals((await _newest(new CheckpointFile(store, "a")))[0], good);
  }
});

Deno.test("CheckpointFile names both when none can be used", async () => {
  const store = memoryStore();
  const file = new CheckpointFile(store, "run/a");
  for (const step of [1, 2]) await file.write(_at(step));
  for (const slot of [0, 1]) {
    const bytes = (await store.read(`run/a.${slot}`))!;
    bytes[bytes.length - 1] ^= 1;
    await store.write(`run/a.${slot}`, bytes);
  }
  await assertRejects(
    () => new CheckpointFile(store, "run/a").read(() => {}),
    TypeError,
    "Cannot resume: of run/a.0 and run/a.1 none is a whole checkpoint",
  );
});

Deno.test("CheckpointFile of a new run counts on from the old one without reading it", async () => {
  const store = memoryStore();
  const old = new CheckpointFile(store, "a");
  for (const step of [100, 200, 300]) await old.write(_at(step));
  await new CheckpointFile(store, "a").write(_at(1));
  assertEquals(await _newest(new CheckpointFile(store, "a")), [1, []]);
});

Deno.test("CheckpointFile says what is left when a disk is full", async () => {
  const store = memoryStore();
  let isFull = true;
  const disk = {
    read: store.read,
    write: async (path: string, bytes: Uint8Array) => {
      if (isFull) throw new Error("No space left on device");
      await store.write(path, bytes);
    },
  };
  const file = new CheckpointFile(disk, "a");
  await assertRejects(
    () => file.write(_at(1)),
    Error,
    "Cannot write checkpoint a.0: No space left on device; there is none before it",
  );
  isFull = false;
  await file.write(_at(1));
  await file.write(_at(2));
  isFull = true;
  await assertRejects(
    () => file.write(_at(3)),
    Error,
    "Cannot write checkpoint a.0: No space left on device; a.1 is kept",
  );
  assertEquals(await _newest(new CheckpointFile(store, "a")), [2, []]);
});

function _at(step: number) {
  return { facts: { step }, arrays: new Map([["weights", Float32Array.of(step)]]) };
}

async function _newest(file: CheckpointFile): Promise<[unknown, string[]]> {
  const warnings: string[] = [];
  const stored = await file.read((warning) => warnings.push(warning));
  return [stored?.checkpoint.facts.step, warnings];
}
