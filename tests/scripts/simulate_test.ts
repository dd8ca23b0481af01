import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { COMMAND, simulateToFile } from "../../scripts/simulate.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { readWafers } from "../../src/datasets/files_deno.ts";
import { verifyManifest } from "../../src/datasets/manifest_deno.ts";
import { simulate } from "../../src/datasets/simulate.ts";
import { concatenateWafers } from "../../src/datasets/wafer_table.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: HERE }),
];
const SCRIPT = fileURLToPath(new URL("scripts/simulate.ts", ROOT));
/** Several parts of 512 events, with next to nothing in them. */
const QUICK = ["--events", "1300", "--pile-up", "0", "--pt", "2,3", "--layers", "7"];

testNeeding(NEEDS, "simulate.ts writes what simulate() gives, in every format", async () => {
  await _inFolder(async (folder) => {
    const [expected] = await Array.fromAsync(
      simulate({ seed: 3, events: 5, firstEvent: 20, particle: "photon", layers: [5, 9] }),
    );
    for (const ending of ["parquet", "csv", "npz"]) {
      const output = `${folder}/few.${ending}`;
      const args = ["--events", "5", "--first-event", "20", "--particle", "photon"];
      await _run([...args, "--seed", "3", "--layers", "5,9", "--output", output]);
      const manifest = await verifyManifest(output);
      assertEquals([manifest.seed, manifest.wafers], [3, expected.count], ending);
      const read = concatenateWafers(await Array.fromAsync(readWafers(output)));
      assertEquals(read.charges, expected.charges, ending);
      assertEquals(read.rawCharges, expected.rawCharges, ending);
      // Formats may order columns as they like.
      for (const [name, column] of Object.entries(expected.columns)) {
        assertEquals(read.columns[name], column, `${ending}: ${name}`);
      }
    }
    assertEquals(await _names(folder), [
      "few.csv",
      "few.csv.manifest.json",
      "few.npz",
      "few.npz.manifest.json",
      "few.parquet",
      "few.parquet.manifest.json",
    ]);
  });
});

testNeeding(
  [...NEEDS, permission({ name: "run", command: "deno" })],
  "simulate.ts killed at random moments goes on to the same bytes, with 1 or 2 workers",
  async () => {
    await _inFolder(async (folder) => {
      const whole = `${folder}/whole.csv`, resumed = `${folder}/resumed.csv`;
      await _run([...QUICK, "--workers", "1", "--output", whole]);
      let killed = 0;
      for (const milliseconds of [0, 150, 400]) {
        const child = new Deno.Command("deno", {
          args: [
            "run",
            "--no-prompt",
            "--allow-read",
            `--allow-write=${folder}`,
            SCRIPT,
            ...QUICK,
            "--workers",
            "2",
            "--output",
            resumed,
          ],
          stdout: "null",
          stderr: "null",
        }).spawn();
        let ended = false;
        const status = child.status.finally(() => ended = true);
        while (!ended && !(await _names(folder)).includes("resumed.csv.parts")) await _pause(5);
        await _pause(milliseconds);
        try {
          child.kill("SIGKILL");
        } catch {
          // It has ended by itself.
        }
        if ((await status).signal !== null) killed++;
        // It stands under its name when it is complete, and not before.
        if (!(await _names(folder)).includes("resumed.csv")) continue;
        assertEquals(await Deno.readFile(resumed), await Deno.readFile(whole));
        break;
      }
      assert(killed > 0);
      await _run([...QUICK, "--workers", "2", "--output", resumed]);
      assertEquals(await Deno.readFile(resumed), await Deno.readFile(whole));
      assertEquals(await _names(folder), [
        "resumed.csv",
        "resumed.csv.manifest.json",
        "whole.csv",
        "whole.csv.manifest.json",
      ]);
    });
  },
);

testNeeding(NEEDS, "simulate.ts keeps complete parts and makes only what is missing", async () => {
  await _inFolder(async (folder) => {
    const first = `${folder}/first.parquet`, second = `${folder}/second.parquet`;
    await _run([...QUICK, "--output", first]);
    // What an interrupted run leaves: settings, a complete part, a half-written one.
    await _interrupt([...QUICK, "--output", second]);
    const parts = `${second}.parts`;
    await Deno.writeTextFile(`${parts}/part_000001.parquet.x.partial`, "half");
    const written: string[] = [];
    await _watchingNames((name) => written.push(name), () => _run([...QUICK, "--output", second]));
    assertEquals(written.filter((name) => name.startsWith("part_")), [
      "part_000001.parquet",
      "part_000002.parquet",
    ]);
    assertEquals(await Deno.readFile(second), await Deno.readFile(first));
    assertEquals(await _names(folder), [
      "first.parquet",
      "first.parquet.manifest.json",
      "second.parquet",
      "second.parquet.manifest.json",
    ]);
  });
});

testNeeding(NEEDS, "simulate.ts refuses to go on with parts of another run", async () => {
  await _inFolder(async (folder) => {
    const output = `${folder}/some.csv`;
    await _interrupt([...QUICK, "--output", output]);
    await assertRejects(
      () => _run([...QUICK, "--seed", "2", "--output", output]),
      TypeError,
      `${output}.parts: it holds parts of a run with other settings`,
    );
  });
});

testNeeding(NEEDS, "simulate.ts refuses wrong options and leaves nothing behind", async () => {
  await _inFolder(async (folder) => {
    for (
      const [option, value, message] of [
        ["--pt", "2", "--pt must be 2 numbers with commas between, current value is 2"],
        ["--eta", "1.5,", "--eta must be 2 numbers with commas between, current value is 1.5,"],
        ["--pile-up", "many", "--pile-up must be a number, current value is many"],
        ["--pile-up", "-3", "pileUp must be finite and >= 0, current value is -3"],
        ["--layers", "5,6", "layers must be among 1, 3"],
        ["--output", `${folder}/some.txt`, "the name must end in"],
      ]
    ) {
      const output = option === "--output" ? [] : ["--output", `${folder}/some.csv`];
      await assertRejects(() => _run([...output, `${option}=${value}`]), Error, message);
    }
    assertEquals(await _names(folder), []);
  });
});

testNeeding(
  [permission({ name: "run", command: "deno" })],
  "simulate.ts --help needs no permission",
  async () => {
    const { code, stdout } = await new Deno.Command("deno", {
      args: ["run", "--no-prompt", SCRIPT, "--help"],
    }).output();
    assertEquals([code, new TextDecoder().decode(stdout)], [0, helpText(COMMAND) + "\n"]);
  },
);

async function _run(args: readonly string[]): Promise<void> {
  const { log } = console;
  try {
    console.log = () => {};
    await simulateToFile(parseCommand(COMMAND, args)!);
  } finally {
    console.log = log;
  }
}

/** Leaves what a run leaves that was cut off after its first part. */
async function _interrupt(args: readonly string[]): Promise<void> {
  const cutOff = (name: string) => {
    if (name.startsWith("part_000001")) throw new Error("cut off");
  };
  await assertRejects(() => _watchingNames(cutOff, () => _run(args)), Error, "cut off");
}

/** Calls a function with every name that a file is given when it is complete, just before. */
async function _watchingNames(
  watch: (name: string) => void,
  run: () => Promise<void>,
): Promise<void> {
  const rename = Deno.rename;
  try {
    Deno.rename = async (from, to) => {
      watch(String(to).replace(/.*\//, ""));
      await rename(from, to);
    };
    await run();
  } finally {
    Deno.rename = rename;
  }
}

async function _names(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  return names.sort();
}

async function _inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_simulate_" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function _pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
