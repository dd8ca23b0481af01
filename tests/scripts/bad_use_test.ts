/**
 * What scripts say when they are used badly: one line, which names what is wrong, and exit code 1. The
 * scripts are found by their options, so that a new one is asked, too.
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { type CommandOption, parseCommand } from "../../scripts/std/command.ts";
import { WAFER_OPTIONS } from "../../scripts/std/common_options.ts";
import { allScripts } from "../_support/all_scripts.ts";
import { type Ending, FILES, inFolder, RUN, runScript } from "../_support/run_script.ts";
import { testNeeding } from "../_support/skips.ts";

const [READS] = FILES;
const RUNS = [...FILES, RUN];
const SCRIPTS = READS === undefined ? await allScripts() : [];

const COLUMNS = Array.from({ length: 48 }, (_, cell) => `CALQ_${cell}`);
const ZEROS = COLUMNS.map(() => "0");

/** Inputs that are no wafers, with their content and what is said of them. */
const INPUTS: readonly (readonly [name: string, lines: string[][] | undefined, said: string])[] = [
  ["absent.csv", undefined, "absent.csv: there is no such file"],
  ["folder", undefined, "folder: the name must end in one of .csv, .parquet, .npz"],
  ["folder.csv", undefined, "folder.csv: it is a folder"],
  ["empty.csv", [], "empty.csv: it is empty"],
  ["columns.csv", [COLUMNS.slice(1), ZEROS.slice(1)], "columns.csv: line 1: column CALQ_0 missing"],
  ["words.csv", [COLUMNS, ZEROS, ["seven", ...ZEROS.slice(1)]], "line 3: column CALQ_0: charge"],
  ["short.csv", [COLUMNS, ZEROS, ZEROS.slice(1)], "short.csv: line 3: a line must have"],
];

/** Where a script reads wafers only when it is asked to. */
const READS_IF: Readonly<Record<string, string[]>> = {
  "scripts/fig7_trigger_resolution.ts": ["--fig6", "quick"],
};

/** Other bad uses; FOLDER stands for an empty folder, FILE for a file. */
const USES: readonly (readonly [script: string, args: string, said: string])[] = [
  ["arena", "--losses exact_edm", "did you mean exact_emd?"],
  ["encode", "--network FOLDER --out FOLDER/a.csv", "there is no file FOLDER/autoencoder.json"],
  ["encode", "--out FOLDER", "Cannot write columns to FOLDER: the name must end in one of .csv"],
  ["evaluate_autoencoder", "--network FOLDER", "there is no file FOLDER/autoencoder.json"],
  ["evaluate_surrogate", "--surrogate FOLDER", "there is no file FOLDER/surrogate.json"],
  ["evaluate_surrogate", "--surrogate scale_fre", "did you mean scale_free?"],
  ["export_encoder", "--network FOLDER", "there is no file FOLDER/autoencoder.json"],
  ["fig1_overview", "--network FOLDER", "there is no file FOLDER/autoencoder.json"],
  ["fig2_telescope", "--results FILE", "--results is to be written in FILE, which is a file"],
  ["fig5_emd_cnn", "--published FOLDER/a.json", "FOLDER/a.json"],
  ["fig6_autoencoder", "--losses mean_emd", "--losses must be of"],
  ["fig6_autoencoder", "--surrogate FOLDER", "there is no file FOLDER/surrogate.json"],
  ["fig7_trigger_resolution", "--networks a=FOLDER", "there is no file FOLDER/autoencoder.json"],
  ["label_pairs", "--output FILE/a.npz", "--output is to be written in FILE, which is a file"],
  ["outlook", "--anomalies FOLDER/a.csv", "FOLDER/a.csv: there is no such file"],
  ["rate_distortion", "--losses exact", "--losses must be of"],
  ["report", "--results FOLDER", "FOLDER/reproduction.json"],
  ["reproduce", "--only fig6_autoencodr", "did you mean fig6_autoencoder?"],
  ["simulate", "--pt 5 --output FOLDER/a.csv", "--pt must be"],
  ["table_b1_autoencoder", "--surrogates FOLDER", "there is no file FOLDER/surrogate.json"],
  ["table_b1_grid", "--shard 3/2", "--shard must be I/N"],
  ["train_autoencoder", "--surrogate FOLDER --out FOLDER/a", "no file FOLDER/surrogate.json"],
];

testNeeding(
  [READS],
  "every script refuses an option that it does not have, and words that it lacks",
  () => {
    for (const { command } of SCRIPTS) {
      assertThrows(() => parseCommand(command!, ["--hepl"]), TypeError, "did you mean --help?");
      for (const [name, option] of Object.entries(command!.options)) {
        const [args, said] = _wrong(name, option);
        assertThrows(() => parseCommand(command!, args), Error, said);
      }
    }
  },
);

testNeeding(
  RUNS,
  "a script that reads wafers says what is wrong with them",
  () =>
    inFolder(async (folder) => {
      for (const name of ["folder", "folder.csv"]) await Deno.mkdir(`${folder}/${name}`);
      for (const [name, lines] of INPUTS) {
        const text = lines?.map((line) => `${line.join(",")}\n`).join("");
        if (text !== undefined) await Deno.writeTextFile(`${folder}/${name}`, text);
      }
      const readers = SCRIPTS.filter(({ command }) => {
        const { input } = command!.options;
        return input?.kind === "text" && input.default === WAFER_OPTIONS.input.default;
      });
      assert(readers.length > 15);
      // They read by one function, so that each need not be asked about each input.
      await _twoAtATime(readers.map(({ path }, k) => async () => {
        const [name, , said] = INPUTS[k % INPUTS.length];
        const args = [...READS_IF[path] ?? [], "--input", `${folder}/${name}`];
        const ending = await _run(path, args, folder);
        _saysInALine(ending, said, `${path} --input ${name}`);
      }));
    }),
);

testNeeding(
  RUNS,
  "a script says which of its files, folders or words is wrong",
  () =>
    inFolder(async (folder) => {
      await Deno.mkdir(`${folder}/empty`);
      await Deno.writeTextFile(`${folder}/file`, "");
      const filled = (text: string) =>
        text.replaceAll("FOLDER", `${folder}/empty`).replaceAll("FILE", `${folder}/file`);
      await _twoAtATime(USES.map(([script, args, said]) => async () => {
        const ending = await _run(`scripts/${script}.ts`, filled(args).split(" "), folder);
        _saysInALine(ending, filled(said), `${script} ${args}`);
      }));
    }),
);

testNeeding(
  RUNS,
  "a result of an older version is named, and replaced with --force",
  () =>
    inFolder(async (folder) => {
      const run = (...args: string[]) => _run("scripts/table_a1.ts", args, folder);
      assertEquals((await run()).code, 0);
      const [{ name: key }] = Deno.readDirSync(`${folder}/results/table_a1`);
      const file = `${folder}/results/table_a1/${key}/result.json`;
      const result = JSON.parse(await Deno.readTextFile(file));
      await Deno.writeTextFile(file, JSON.stringify({ ...result, schema: 0 }));
      _saysInALine(
        await run(),
        `table_a1/${key}/result.json, which "force" would replace`,
        "older",
      );
      assertEquals((await run("--force")).code, 0);
      assertEquals(JSON.parse(await Deno.readTextFile(file)), result);
    }),
);

testNeeding(
  RUNS,
  "the record of an older version's reproduction is named",
  () =>
    inFolder(async (folder) => {
      await Deno.mkdir(`${folder}/results`);
      const older = JSON.stringify({ schema: "hexmover/reproduction/0" });
      await Deno.writeTextFile(`${folder}/results/reproduction.json`, older);
      for (const [script, args] of [["report", []], ["reproduce", ["--plan"]]] as const) {
        const ending = await _run(`scripts/${script}.ts`, args, folder);
        _saysInALine(ending, "hexmover/reproduction/0", script);
      }
    }),
);

/** Wrong arguments for an option, and what must be said of them. */
function _wrong(name: string, option: CommandOption): [string[], string] {
  if (option.kind === "choice") {
    const [, ...rest] = option.choices[0];
    return [[`--${name}=${rest.join("")}q`], `--${name} must be one of`];
  }
  if (option.kind === "integer") return [[`--${name}=half`], `--${name} must be an integer`];
  const dropped = name.slice(0, -1);
  return option.kind === "flag"
    ? [[`--${dropped}`], `unknown option --${dropped}`]
    : [[`--${name}`], `option --${name} needs a value`];
}

/** Runs a script whose results go to a folder, where it is not told otherwise. */
async function _run(path: string, args: readonly string[], folder: string): Promise<Ending> {
  const { command } = SCRIPTS.find((script) => script.path === path)!;
  const isTold = args.includes("--results") || command!.options.results === undefined;
  const results = isTold ? [] : [`--results=${folder}/results`];
  const flags = ["--allow-read", "--allow-write", "--allow-run=deno"];
  return await runScript(path, flags, [...args, ...results]);
}

function _saysInALine({ code, stderr }: Ending, said: string, use: string): void {
  assertEquals(code, 1, `${use}: ${stderr}`);
  const lines = stderr.trimEnd().split("\n").filter((line) => !/^(Check|Download) /.test(line));
  assertEquals(lines.length, 1, `${use}: ${stderr}`);
  assert(lines[0].includes(said), `${use}: ${stderr}`);
}

/** As many as the smallest machine has processors. */
async function _twoAtATime(jobs: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = jobs.values();
  await Promise.all([0, 1].map(async () => {
    for (const job of waiting) await job();
  }));
}
