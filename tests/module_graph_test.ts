/** What someone downloads who imports one part: the module graph, as Deno resolves it. */
import { assert, assertEquals } from "@std/assert";
import { permission, testNeeding } from "./_support/skips.ts";

const ROOT = new URL("../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "run", command: "deno" }),
];

for (
  const room of [
    "numerics",
    "transport",
    "wafer",
    "losses",
    "codecs",
    "quantization",
    "models/inference",
  ]
) {
  testNeeding(NEEDS, `src/${room}/mod.ts brings no npm package`, async () => {
    assertEquals(await _packages(`src/${room}/mod.ts`), []);
  });
}

testNeeding(NEEDS, "the graph of the figures is seen to bring Vega", async () => {
  const packages = await _packages("src/experiments/mod.ts");
  for (const name of ["vega@", "vega-lite@", "d3-"]) {
    assert(packages.some((found) => found.startsWith(name)), name);
  }
});

testNeeding(
  NEEDS,
  "src/tensor/mod.ts brings the packages of tfjs that are used, and no more",
  async () => {
    const packages = (await _packages("src/tensor/mod.ts"))
      .filter((name) => name.startsWith("@tensorflow/"))
      .map((name) => name.replace(/_.*/, ""));
    const names = ["backend-cpu", "backend-wasm", "core", "layers"];
    assertEquals([...new Set(packages)], names.map((name) => `@tensorflow/tfjs-${name}@4.22.0`));
  },
);

testNeeding(NEEDS, "scripts/emd_of_wafers.ts brings no tensors, ROOT or HDF5 reader", async () => {
  const heavy = /tensorflow|tfjs|jsroot|hdf5|h5wasm/;
  assertEquals(
    (await _packages("scripts/emd_of_wafers.ts")).filter((name) => heavy.test(name)),
    [],
  );
});

/** The npm packages that the modules of a graph name, with all that those depend on. */
async function _packages(module: string): Promise<string[]> {
  const { stdout, success, stderr } = await new Deno.Command("deno", {
    args: ["info", "--json", module],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const { modules, npmPackages }: ModuleGraph = JSON.parse(new TextDecoder().decode(stdout));
  assertEquals(modules.filter(({ error }) => error !== undefined), []);
  // `npmPackages` itself holds the whole lock file.
  const found = new Set(modules.flatMap(({ npmPackage }) => npmPackage ?? []));
  for (const name of found) npmPackages[name].dependencies.forEach((next) => found.add(next));
  return [...found].sort();
}

/** What `deno info --json` tells of a graph. */
interface ModuleGraph {
  readonly modules: readonly { readonly error?: string; readonly npmPackage?: string }[];
  readonly npmPackages: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}
