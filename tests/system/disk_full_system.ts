/**
 * Writing to a disk that is full: a file system of one megabyte in memory, mounted in name spaces of
 * its own, so that the machine is left alone (Linux, `unshare` of util-linux).
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const denied = permission({ name: "run", command: "unshare" });
const NEEDS = [denied ?? await _canMount()];

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
    async () => {
      const folder = await Deno.makeTempDir({
        dir: fileURLToPath(new URL(".", import.meta.url)),
        prefix: "_full_",
      });
      try {
        await Deno.writeTextFile(`${folder}/program.ts`, PROGRAM(ending));
        await Deno.mkdir(`${folder}/disk`);
        const { success, output } = await _onSmallDisk(
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
        assert(success, output);
        const { message, left } = JSON.parse(output);
        const what = ending === "bin" ? "zeros" : "wafers";
        assertEquals(
          message,
          `Cannot write ${what} to ${folder}/disk/toy.${ending}: the disk is full`,
        );
        // The room is free again for a smaller file.
        assertEquals(left, ["few.csv"]);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  );
}

async function _canMount(): Promise<string | undefined> {
  const { success } = await _onSmallDisk("/mnt", ["true"]).catch(() => ({ success: false }));
  return success ? undefined : "no name spaces to mount in";
}

/** Runs a command that sees a file system of one megabyte in a folder. */
async function _onSmallDisk(
  folder: string,
  command: readonly string[],
): Promise<{ success: boolean; output: string }> {
  const mount = 'mount -t tmpfs -o size=1m tmpfs "$1" && shift && exec "$@"';
  const { success, stdout, stderr } = await new Deno.Command("unshare", {
    args: ["--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh", folder, ...command],
  }).output();
  const text = new TextDecoder();
  return { success, output: text.decode(success ? stdout : stderr) };
}
