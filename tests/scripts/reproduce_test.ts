import { assert, assertEquals } from "@std/assert";
import { COMMAND } from "../../scripts/reproduce.ts";
import { helpText } from "../../scripts/std/command.ts";
import { parseReproduction } from "../../src/experiments/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const CAN_READ = permission({ name: "read", path: ROOT });
const NEEDS = [
  CAN_READ,
  permission({ name: "write", path: new URL("results/", ROOT) }),
  permission({ name: "run", command: "deno" }),
];

/** Quick ones: the whole is run by the system tests. */
const SOME = ["emd_of_wafers", "fig2_telescope", "table_a1"];

testNeeding(
  NEEDS,
  "reproduce runs experiments, draws the README's picture, and finds results again",
  async () => {
    await inFolder(async (results) => {
      const args = ["--only", SOME.join(","), "--results", results];
      const first = await reproduce("--jobs", "2", ...args);
      assertEquals(first.code, 0, first.stderr);
      const files = [...Deno.readDirSync(new URL(results, ROOT))].map(({ name }) => name);
      assertEquals(files.sort(), [...SOME, "report.html", "reproduction.json"].sort());
      for (const name of SOME) assert(first.stderr.includes(`/3 ${name}: done in `), first.stderr);
      const { experiments } = record(results);
      const done = experiments.filter(({ state }) => state === "done");
      assertEquals(done.map(({ name }) => name).sort(), SOME);
      assert(
        done.every(({ seconds, preset, reused }) => seconds! > 0 && preset === "quick" && !reused),
      );
      // What was not run has its row, too.
      assert(experiments.some(({ of, state }) => of === "Fig. 7" && state === "waiting"));
      const { folder } = done.find(({ name }) => name === "emd_of_wafers")!;
      assertEquals(
        Deno.readTextFileSync(new URL(`${results}/${folder}/flow_typical.svg`, ROOT)),
        Deno.readTextFileSync(new URL("docs/images/optimal_flow.svg", ROOT)),
        "docs/images/optimal_flow.svg is out of date: copy the new one from the results",
      );

      const again = await reproduce(...args);
      assertEquals(again.stderr.split("found complete").length - 1, SOME.length, again.stderr);
      const kept = record(results).experiments.filter(({ state }) => state === "done");
      assertEquals(
        kept.map(({ folder, seconds }) => [folder, seconds]),
        done.map(({ folder, seconds }) => [folder, seconds]),
      );
    });
  },
);

testNeeding(NEEDS, "an experiment that fails is named, and the others run", async () => {
  await inFolder(async (results) => {
    // Where a folder should be is a file.
    await Deno.mkdir(new URL(results, ROOT), { recursive: true });
    await Deno.writeTextFile(new URL(`${results}/fig2_telescope`, ROOT), "");
    const only = ["--only", "fig2_telescope,fig3_encodings", "--results", results];
    const { code, stderr } = await reproduce(...only, "--quiet");
    assertEquals(code, 1);
    assert(/^fig2_telescope failed: \S.*\n$/.test(stderr), stderr);
    const { experiments } = record(results);
    const state = (name: string) => experiments.find((row) => row.name === name)!;
    assertEquals([state("fig2_telescope").state, state("fig3_encodings").state], [
      "failed",
      "done",
    ]);
    assert(stderr.includes(state("fig2_telescope").error!));

    // The last one that ran, and the only one.
    await reproduce("--only", "fig2_telescope", "--results", results);
    const page = await Deno.readTextFile(new URL(`${results}/report.html`, ROOT));
    assert(/\b1 failed\s/.test(page), "its report says so");
  });
});

testNeeding(
  NEEDS,
  "Ctrl-C stops the run, says how to go on, and the next run goes on",
  async () => {
    await inFolder(async (folder) => {
      const results = `${folder}/of two`;
      const some = ["--only", "fig2_telescope,table_a1", "--jobs", "1"];
      const args = [...some, "--results", results];
      const child = start(...args, "--jobs=1", "--json", "--force");
      let said = "", isStopped = false;
      for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
        said += text;
        if (!/"table_a1".*"running"/.test(said) || isStopped) continue;
        isStopped = true;
        child.kill("SIGINT");
      }
      const { code } = await child.status;
      assertEquals(code, 130);
      const stderr = await new Response(child.stderr).text();
      const goOn = `deno task reproduce ${some.join(" ")} --results '${results}' --jobs=1 --json\n`;
      assert(stderr.includes(`To go on: ${goOn}`), stderr);
      assert(stderr.includes("with --force all begins anew"), stderr);
      const page = await Deno.readTextFile(new URL(`${results}/report.html`, ROOT));
      assert(/1 of \d+ experiments done, \d+ waiting\s/.test(page), "its report says so");
      assertEquals(states(results, "fig2_telescope", "table_a1"), ["done", "waiting"]);
      const again = await reproduce(...args);
      assertEquals(again.code, 0, again.stderr);
      assert(again.stderr.includes("fig2_telescope: found complete"), again.stderr);
      assertEquals(states(results, "fig2_telescope", "table_a1"), ["done", "done"]);
    });
  },
);

testNeeding(
  NEEDS,
  "a second run on the same folder is refused; one that was killed is in nobody's way",
  async () => {
    await inFolder(async (results) => {
      const args = ["--only", "table_a1", "--results", results];
      const child = start(...args, "--json", "--force");
      let isKilled = false;
      for await (const _ of child.stdout) {
        if (isKilled) continue;
        child.kill("SIGSTOP"); // so that it cannot end before the second one begins
        const { code, stderr } = await reproduce(...args);
        assertEquals(code, 1);
        const holder = `process ${child.pid}, since [^\\n]* holds ${results}/reproduction\\.lock;`;
        assert(new RegExp(`^Cannot reproduce: ${holder}[^\\n]*\\n$`).test(stderr), stderr);
        child.kill("SIGKILL");
        isKilled = true;
      }
      await child.status;
      await child.stderr.cancel();
      assert(await Deno.stat(new URL(`${results}/reproduction.lock`, ROOT)), "it was left");
      const { code, stderr } = await reproduce(...args);
      assertEquals(code, 0, stderr);
      const left = [...Deno.readDirSync(new URL(results, ROOT))].map(({ name }) => name);
      assertEquals(left.sort(), ["report.html", "reproduction.json", "table_a1"]);
    });
  },
);

testNeeding(NEEDS, "--json says each change of an experiment, and nothing else", async () => {
  await inFolder(async (results) => {
    const { stdout, stderr } = await reproduce("--only=table_a1", `--results=${results}`, "--json");
    const rows = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(rows.map(({ event, name, state }) => [event, name, state]), [
      ["experiment", "table_a1", "running"],
      ["experiment", "table_a1", "done"],
    ]);
    assertEquals(stderr, "");
  });
});

testNeeding(NEEDS, "--plan and the paper preset without --yes run nothing", async () => {
  await inFolder(async (results) => {
    const plan = await reproduce("--plan", "--results", results);
    assertEquals([plan.code, plan.stderr], [0, ""]);
    assert(/^fig6_autoencoder +Fig\. 6 +quick +[\d.]+ /m.test(plan.stdout), plan.stdout);
    const paper = await reproduce(
      "--preset",
      "paper",
      "--only",
      "fig5_emd_cnn",
      "--results",
      results,
    );
    assertEquals(paper.code, 1);
    assert(/^fig5_emd_cnn +Fig\. 5 +paper +[\d,]+ /m.test(paper.stdout), paper.stdout);
    assert(/takes about \d+ h.* add --yes/.test(paper.stderr), paper.stderr);
    assertEquals(await Deno.stat(new URL(results, ROOT)).catch(() => "none"), "none");
  });
});

testNeeding(
  NEEDS,
  "the paper preset runs with --yes, and its rows say so beside quick ones",
  async () => {
    await inFolder(async (results) => {
      const run = (...args: string[]) => reproduce("--results", results, ...args);
      await run("--only", "fig2_telescope");
      const { code, stderr } = await run("--only", "table_a1", "--preset", "paper", "--yes");
      assertEquals(code, 0, stderr);
      const done = record(results).experiments.filter(({ state }) => state === "done");
      assertEquals(done.map(({ name, preset }) => [name, preset]), [
        ["fig2_telescope", "quick"],
        ["table_a1", "paper"],
      ]);
      assert(done[1].seconds! > 0 && done[1].machine!.cores > 0);
    });
  },
);

testNeeding(NEEDS, "bad use ends with one clear line", async () => {
  await inFolder(async (results) => {
    await Deno.mkdir(new URL(results, ROOT), { recursive: true });
    const refused = async (message: RegExp, ...args: string[]) => {
      const { code, stdout, stderr } = await reproduce("--results", results, ...args);
      assertEquals([code, stdout], [1, ""]);
      assert(message.test(stderr), stderr);
    };
    await refused(/^Cannot reproduce: --only must be of .*current value is fig8/, "--only=fig8");
    await refused(/^Cannot [^\n]*absent\.csv[^\n]*\n$/, "--input", "data/absent.csv");
    await refused(/^[^\n]*results[^\n]*\n$/, "--input", results);
    await refused(/^[^\n]*--input must have no comma[^\n]*\n$/, "--input", "data/a,b.csv");
    await refused(/--preset must be one of quick, paper/, "--preset", "papr");
    await refused(/unknown option --presett/, "--presett", "paper");
    await Deno.writeTextFile(new URL(`${results}/reproduction.json`, ROOT), '{"schema": 1}');
    await refused(
      /^Cannot read reproduction\.json: these are results of an older version[^\n]*\n$/,
    );
  });
});

testNeeding(NEEDS, "what a killed run was doing waits again", async () => {
  await inFolder(async (results) => {
    const only = (name: string) => reproduce("--only", name, "--results", results);
    await only("fig2_telescope");
    const file = new URL(`${results}/reproduction.json`, ROOT);
    const left = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, left.replace('"state": "done"', '"state": "running"'));
    assertEquals(states(results, "fig2_telescope"), ["running"]);
    await only("table_a1");
    assertEquals(states(results, "fig2_telescope", "table_a1"), ["waiting", "done"]);
  });
});

testNeeding(NEEDS, "reproduce runs in the project's folder, and nowhere else", async () => {
  const { code, stderr } = await new Deno.Command("deno", {
    // deno-fmt-ignore
    args: [
      "run", "--no-prompt", "--allow-read", "--allow-write=results", "--allow-run=deno",
      "../scripts/reproduce.ts", "--only=table_a1", "--input=../data/sample.csv",
    ],
    cwd: new URL("docs/", ROOT),
    env: { NO_COLOR: "1" },
  }).output();
  const said = new TextDecoder().decode(stderr);
  assertEquals(code, 1);
  assert(
    /^Cannot reproduce: it must be run in [^\n]*, current folder is [^\n]*docs\n$/.test(said),
    said,
  );
});

testNeeding(
  [CAN_READ],
  "every experiment is part of the reproduction",
  () => {
    const help = helpText(COMMAND);
    const names = [...Deno.readDirSync(new URL("scripts/", ROOT))]
      .filter(({ name }) => name.endsWith(".ts"))
      .flatMap(({ name }) => {
        const text = Deno.readTextFileSync(new URL(`scripts/${name}`, ROOT));
        return /defineExperiment<?[^(]*\(\{\s*name: "([^"]+)"/.exec(text)?.slice(1) ?? [];
      });
    assert(names.length > 10, `found ${names}`);
    assertEquals(names.filter((name) => !help.includes(`  ${name} `)), []);
  },
);

async function inFolder(test: (results: string) => Promise<void>): Promise<void> {
  const results = `results/test-${crypto.randomUUID()}`;
  try {
    await test(results);
  } finally {
    await Deno.remove(new URL(results, ROOT), { recursive: true }).catch(() => {});
  }
}

function record(results: string) {
  return parseReproduction(Deno.readFileSync(new URL(`${results}/reproduction.json`, ROOT)));
}

function states(results: string, ...names: string[]) {
  const { experiments } = record(results);
  return names.map((name) => experiments.find((row) => row.name === name)!.state);
}

/** The command of the task, without the task: signals reach it. */
function start(...args: readonly string[]): Deno.ChildProcess {
  return new Deno.Command("deno", {
    args: ["run", "--no-prompt", ...Object.keys(COMMAND.permissions), COMMAND.script, ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function reproduce(...args: readonly string[]) {
  const { code, stdout, stderr } = await start(...args).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
