/** Writing to a disk that is full: a file system of a few kilobytes in memory. */
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { canMount, runMounted, smallDisk } from "../_support/mounts.ts";
import { testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const NEEDS = [await canMount()];

/** Writes too many wafers, then says what happened and what is left in the folder. */
const PROGRAM = (ending: string) => `
import { toyWafers, writeWafers } from "${new URL("src/datasets/mod.ts", ROOT)}";
import { writeWholeFile } from "${new URL("src/datasets/formats/whole_file_deno.ts", ROOT)}";
const [folder] = Deno.args;
const file = folder + "/toy.${ending}";
let message;
try {
  if ("${ending}" === "bin") await writeWholeFile(file, [new Uint8Array(2 ** 21)], "zeros");
  else await writeWafers(file, toyWafers("dense", 20000, 1), { rowGroupRows: 2000 });
} catch (error) {
  message = error.message;
}
await writeWafers(folder + "/few.csv", toyWafers("shower", 20, 1));
const left = [...Deno.readDirSync(folder)].map(({ name }) => name);
console.log(JSON.stringify({ message, left }));
`;

for (const ending of ["csv", "parquet", "npz", "bin"]) {
  testNeeding(
    NEEDS,
    `a full disk is named, and nothing half-written stays: ${ending}`,
    () =>
      _inFolder(async (folder) => {
        await Deno.writeTextFile(`${folder}/program.ts`, PROGRAM(ending));
        const { code, stdout, stderr } = await runMounted(
          smallDisk(1024),
          `${folder}/disk`,
          [
            Deno.execPath(),
            "run",
            "--no-prompt",
            `--config=${fileURLToPath(new URL("deno.json", ROOT))}`,
          ]
            .concat(`--allow-read=${folder}/disk`, `--allow-write=${folder}/disk`)
            .concat(`${folder}/program.ts`, `${folder}/disk`),
        );
        assertEquals(code, 0, stderr);
        const { message, left } = JSON.parse(stdout);
        const what = ending === "bin" ? "zeros" : "wafers";
        assertEquals(
          message,
          `Cannot write ${what} to ${folder}/disk/toy.${ending}: the disk is full`,
        );
        // The room is free again for a smaller file.
        assertEquals(left, ["few.csv"]);
      }),
  );
}

testNeeding(
  NEEDS,
  "an experiment says in a line that the disk is full, and goes on elsewhere",
  () =>
    _inFolder(async (folder) => {
      const script = fileURLToPath(new URL("scripts/table_a1.ts", ROOT));
      const run = ["run", "--no-prompt", "--allow-read", `--allow-write=${folder}`, script];
      const command = [Deno.execPath(), ...run, "--results", `${folder}/disk`];
      const full = await runMounted(smallDisk(24), `${folder}/disk`, command);
      assertEquals(full.code, 1, full.stderr);
      const said = /^Cannot write results to \S+\/disk\/table_a1\/\S+: the disk is full$/;
      assert(said.test(full.stderr.trim()), full.stderr);
      const roomy = await runMounted(smallDisk(4096), `${folder}/disk`, command);
      assertEquals(roomy.code, 0, roomy.stderr);
    }),
);

async function _inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({
    dir: fileURLToPath(new URL(".", import.meta.url)),
    prefix: "_full_",
  });
  try {
    await Deno.mkdir(`${folder}/disk`);
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
