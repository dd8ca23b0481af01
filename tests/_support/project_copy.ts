import { PROJECT } from "./run_script.ts";

/** What a copy leaves out: results, what version control keeps, and folders of tests that now run. */
const LEFT_OUT = /^(\.git|results|node_modules|coverage|_(?!support$).*)$/;

/**
 * Copies the project, as somebody finds it who has just got it. Needs permission to read the project
 * and to write the copy.
 *
 * @param to The folder of the copy; it is made.
 */
export async function copyProject(to: URL): Promise<void> {
  await _copyFolder(PROJECT, to);
}

async function _copyFolder(from: URL, to: URL): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory && LEFT_OUT.test(name)) continue;
    if (isDirectory) await _copyFolder(new URL(`${name}/`, from), new URL(`${name}/`, to));
    else await Deno.copyFile(new URL(name, from), new URL(name, to));
  }
}
