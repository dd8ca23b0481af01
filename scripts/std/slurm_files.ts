/**
 * The files by which jobs become an array of Slurm: one that is submitted, and one for each task.
 *
 * @module
 */

import type { Job } from "./job.ts";

/**
 * The file that is submitted. Each task of the array runs the file of its number.
 *
 * @param folder Where the files of the tasks lie, as the nodes see it.
 * @param root The folder in which jobs run.
 * @returns Text of a shell script for `sbatch`.
 *
 * @example
 * ```ts
 * import { submitFile } from "./slurm_files.ts";
 * import { assert } from "@std/assert";
 *
 * const text = submitFile("/shared/results/slurm", "/shared/hexmover");
 * assert(text.includes("#SBATCH --output=/shared/results/slurm/%a.log"));
 * ```
 */
export function submitFile(folder: string, root: string): string {
  return `#!/bin/sh
#SBATCH --job-name=hexmover
#SBATCH --chdir=${shellWord(root)}
#SBATCH --output=${shellWord(`${folder}/%a.log`)}
#SBATCH --open-mode=append
exec sh ${shellWord(folder)}/"$SLURM_ARRAY_TASK_ID".sh
`;
}

/**
 * The file of a task. What the job prints gets its name only when the job has succeeded, so that a job
 * that was killed leaves none.
 *
 * @param job The job.
 * @param outcome The file for what it prints.
 * @returns Text of a shell script.
 *
 * @example
 * ```ts
 * import { taskFile } from "./slurm_files.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const job = { name: "sum", command: ["deno", "eval", "console.log('it is ' + 3)"], needs: [] };
 * assertEquals(
 *   taskFile(job, "results/1.out").split("\n").at(-2),
 *   `deno eval 'console.log('\\''it is '\\'' + 3)' > results/1.out.partial && ` +
 *     "mv results/1.out.partial results/1.out",
 * );
 * ```
 */
export function taskFile({ name, command }: Job, outcome: string): string {
  const [file, partial] = [outcome, `${outcome}.partial`].map(shellWord);
  return `# ${name.replaceAll(/\s+/g, " ")}
${command.map(shellWord).join(" ")} > ${partial} && mv ${partial} ${file}
`;
}

/**
 * Numbers as Slurm takes them for an array.
 *
 * @param tasks Numbers, ascending.
 * @returns For example `"1-3,7"`.
 *
 * @example
 * ```ts
 * import { arrayRange } from "./slurm_files.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(arrayRange([1, 2, 3, 7]), "1-3,7");
 * ```
 */
export function arrayRange(tasks: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const task of tasks) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === task - 1) run[1] = task;
    else runs.push([task, task]);
  }
  return runs.map(([first, last]) => first === last ? `${first}` : `${first}-${last}`).join(",");
}

/**
 * A word as a shell reads it back.
 *
 * @param word Any text.
 * @returns The word, in quotes where it needs them.
 *
 * @example
 * ```ts
 * import { shellWord } from "./slurm_files.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["--allow-read=.", "it's $HOME"].map(shellWord), ["--allow-read=.", `'it'\\''s $HOME'`]);
 * ```
 */
export function shellWord(word: string): string {
  return /^[\w.,:=/+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
