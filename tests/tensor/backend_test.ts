import { assert, assertEquals, assertRejects } from "@std/assert";
import { type BackendName, tf, useBackend } from "../../src/tensor/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const MAY_FFI = permission({ name: "ffi" }) === undefined;

Deno.test("each backend says what it is and why", async () => {
  assertEquals(await useBackend({ backend: "cpu" }), {
    name: "cpu",
    description: "cpu (tfjs)",
    reason: "It was asked for",
  });
  assertEquals(tf.getBackend(), "cpu");
  const wasm = await useBackend({ backend: "wasm" });
  assertEquals([wasm.name, tf.getBackend()], ["wasm", "wasm"]);
  assert(/^wasm \((relaxed )?SIMD\)$/.test(wasm.description), wasm.description);
});

testNeeding(
  [MAY_FFI ? "foreign functions are allowed" : undefined],
  "without the permission, wasm takes the place of blas, and says so",
  async () => {
    for (const backend of ["auto", "blas"] as const) {
      const { name, reason } = await useBackend({ backend });
      assertEquals(name, "wasm");
      assertEquals(reason, "Backend blas cannot be used: --allow-ffi is missing");
    }
  },
);

Deno.test("an unknown name is refused with the known ones", async () => {
  await assertRejects(
    () => useBackend({ backend: "gpu" as BackendName }),
    RangeError,
    "its name must be one of auto, wasm, blas, webgpu, cpu, current value is gpu",
  );
});

const ADAPTER = await (navigator as { gpu?: GPU }).gpu?.requestAdapter();

testNeeding(
  [ADAPTER ? "there is a WebGPU adapter" : undefined],
  "webgpu without an adapter is an error, not a silent change",
  async () => {
    await assertRejects(() => useBackend({ backend: "webgpu" }), Error, "shows no adapter");
  },
);

Deno.test("backends can be changed back and forth", async () => {
  const product = () => tf.matMul([[1, 2], [3, 4]], [[5], [6]], false, false).dataSync();
  for (const backend of ["wasm", "cpu", "wasm", "cpu"] as const) {
    await useBackend({ backend });
    assertEquals([...product()], [17, 39]);
  }
});

Deno.test("a worker starts a backend of its own", async () => {
  const source = `
    import { tf, useBackend } from "${new URL("../../src/tensor/mod.ts", import.meta.url)}";
    const { description } = await useBackend({ backend: "wasm" });
    self.postMessage(description + " " + tf.matMul([[2]], [[3]]).dataSync()[0]);`;
  const worker = new Worker(`data:text/typescript,${encodeURIComponent(source)}`, {
    type: "module",
  });
  const answer = await new Promise<string>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
  });
  worker.terminate();
  assert(answer.endsWith("SIMD) 6"), answer);
});
