/** Files of NumPy, live. Needs NumPy (Debian: apt-get install python3-numpy). */
import { assertEquals } from "@std/assert";
import { npyBytes } from "../../src/datasets/formats/npy.ts";
import { npzBytes, parseNpz } from "../../src/datasets/formats/npz.ts";
import { formatWaferNpz, readWaferNpz } from "../../src/datasets/formats/npz_wafers.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../src/datasets/wafer_table.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const PYTHON = "/usr/bin/python3";
const denied = permission({ name: "run", command: PYTHON });
const NEEDS = [denied ?? (await _hasNumpy() ? undefined : "NumPy absent")];

/** Prints type, shape and values of each array of the file that comes in. */
const DESCRIBE = `
import io, json, sys, numpy
loaded = numpy.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False)
arrays = loaded if hasattr(loaded, "files") else {"": loaded}
print(json.dumps({name: [arrays[name].dtype.str, arrays[name].shape,
    [repr(x) if isinstance(x, float) else x for x in arrays[name].ravel().tolist()]]
    for name in arrays}))
`;

testNeeding(NEEDS, "numpy.load reads what npyBytes() and npzBytes() wrote", async () => {
  const arrays = {
    f8: { data: Float64Array.of(0.1, NaN, Infinity, -5e-324), shape: [2, 2] },
    f4: { data: Float32Array.of(0.5), shape: [1, 1, 1] },
    i4: { data: Int32Array.of(-(2 ** 31), 7), shape: [2] },
    u4: { data: Uint32Array.of(2 ** 32 - 1), shape: [1] },
    u1: { data: Uint8Array.of(255), shape: [] },
    texts: { data: ["é", "", "日本 😀"], shape: [3] },
    none: { data: new Float64Array(0), shape: [0, 48] },
  };
  const expected = {
    f8: ["<f8", [2, 2], ["0.1", "nan", "inf", "-5e-324"]],
    f4: ["<f4", [1, 1, 1], ["0.5"]],
    i4: ["<i4", [2], [-2147483648, 7]],
    u4: ["<u4", [1], [4294967295]],
    u1: ["|u1", [], [255]],
    texts: ["<U4", [3], ["é", "", "日本 😀"]],
    none: ["<f8", [0, 48], []],
  };
  assertEquals(JSON.parse(await _python(DESCRIBE, npzBytes(arrays))), expected);
  for (const [name, { data, shape }] of Object.entries(arrays)) {
    const described = JSON.parse(await _python(DESCRIBE, npyBytes(data, shape)));
    assertEquals(described[""], expected[name as keyof typeof expected]);
  }
});

testNeeding(NEEDS, "numpy.load reads the wafers that formatWaferNpz() wrote", async () => {
  const { charges } = toyWafers("shower", 200, 1);
  const layer = Float64Array.from({ length: 200 }, (_, wafer) => 1 + 2 * (wafer % 14));
  const table = waferTable(charges, { layer }, charges.map((charge) => charge / 4));
  const { charges: c, raw_charges: r, layer: l } = JSON.parse(
    await _python(DESCRIBE, formatWaferNpz(table)),
  );
  assertEquals(c, ["<i4", [200, 48], [...charges]]);
  assertEquals([r[0], r[1], r[2].map(Number)], ["<f8", [200, 48], [...table.rawCharges!]]);
  assertEquals(l, ["<i4", [200], [...layer]]);
});

for (const save of ["savez", "savez_compressed"]) {
  testNeeding(NEEDS, `readWaferNpz() reads what numpy.${save} wrote`, async () => {
    const written = await _pythonBytes(`
import io, sys, numpy as np
charges = np.arange(5 * 48).reshape(5, 48)
out = io.BytesIO()
np.${save}(out, charges=charges, raw_charges=charges.astype(np.float32) / 2,
    event=np.array([0, 0, 1, 1, 1], dtype=np.int16), eta=np.array([1.5, np.nan, 2, 3, -1]),
    kind=np.array(["electron", "é", "", "😀", "x"]), good=np.array([True] * 5))
sys.stdout.buffer.write(out.getvalue())
`);
    const charges = Float64Array.from({ length: 240 }, (_, i) => i);
    assertEquals(await Array.fromAsync(readWaferNpz(written)), [
      waferTable(charges, {
        event: Float64Array.of(0, 0, 1, 1, 1),
        eta: Float64Array.of(1.5, NaN, 2, 3, -1),
        kind: ["electron", "é", "", "😀", "x"],
        good: Float64Array.of(1, 1, 1, 1, 1),
      }, charges.map((charge) => charge / 2)),
    ]);
    assertEquals(Object.keys(parseNpz(written)).length, 6);
  });
}

async function _hasNumpy(): Promise<boolean> {
  try {
    return (await _python("import numpy; print('yes')")).trim() === "yes";
  } catch {
    return false;
  }
}

async function _python(program: string, input = new Uint8Array()): Promise<string> {
  return new TextDecoder().decode(await _pythonBytes(program, input));
}

/** What a program prints that is given some bytes. */
async function _pythonBytes(program: string, input = new Uint8Array()): Promise<Uint8Array> {
  const child = new Deno.Command(PYTHON, {
    args: ["-c", program],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [{ success, stdout, stderr }] = await Promise.all([
    child.output(),
    new Blob([input]).stream().pipeTo(child.stdin),
  ]);
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return stdout;
}
