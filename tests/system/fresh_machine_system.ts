/**
 * Both commands of the README, with Node and npm and nothing else, in an empty home and on a copy of the
 * project: of the reproduction a few experiments, of the tests a few files. Where the system can mount,
 * all but copy and home can only be read.
 */
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { PROJECT } from "../_support/run_script.ts";
import { canMount, READ_ONLY_ELSEWHERE, runMounted } from "../_support/mounts.ts";
import { copyProject } from "../_support/project_copy.ts";
import { type Need, testNeeding } from "../_support/skips.ts";

/** The README's commands, and what makes a part of each. */
const COMMANDS = [
  ["npx -y deno@2.9.6 task reproduce", "--only emd_of_wafers,fig2_telescope,table_a1"],
  ["npx -y deno@2.9.6 task test", "tests/wafer tests/models/econ_autoencoder_test.ts"],
] as const;

const PROGRAMS = ["node", "npm", "npx"];
const FOUND = await Promise.all(PROGRAMS.map(_where));
const UNMOUNTED = await canMount();
const elsewhere = UNMOUNTED === undefined ? "" : ` (looking at the home alone: ${UNMOUNTED})`;

testNeeding(
  [FOUND.includes(undefined) ? "no Node with npm" : undefined, await _reachesNpm()],
  `parts of the README's commands run on a fresh machine, and write nowhere else${elsewhere}`,
  async (context) => {
    const folder = new URL(`results/test-${crypto.randomUUID()}/`, PROJECT);
    const path = (name: string) => fileURLToPath(new URL(name, folder));
    try {
      const readme = await Deno.readTextFile(new URL("README.md", PROJECT));
      await copyProject(new URL("project/", folder));
      const before = _listing(path("project"));
      for (const name of ["home", "temporary", "programs"]) await Deno.mkdir(path(name));
      // A path without Deno: npx must bring it.
      const links = ["-s", ...FOUND as string[], path("programs")];
      assert((await new Deno.Command("ln", { args: links }).output()).success);
      for (const [command, part] of COMMANDS) {
        assert(readme.includes(`\n${command} `), `the README has ${command}`);
        await context.step(`${command} ${part}`, async () => {
          const { code, stdout, stderr } = await runMounted(
            UNMOUNTED === undefined ? READ_ONLY_ELSEWHERE : undefined,
            path("."),
            [...command.split(" "), ...part.split(" ")],
            { cwd: path("project"), env: _variables(path), clearEnv: true },
          );
          assertEquals(code, 0, `${stdout}\n${stderr}`);
        });
      }
      assert((await Deno.stat(path("project/results/report.html"))).size > 10_000);
      // Caches of npm and of Deno, and nothing but results in the copy.
      assertEquals(_names(path("home")), [".cache", ".npm"]);
      assertEquals(_names(path("home/.cache")), ["deno"]);
      assertEquals(_names(path("temporary")), []);
      const added = _listing(path("project")).difference(before);
      assertEquals([...added].filter((file) => !file.startsWith("results/")), []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

/** Variables of somebody who has just logged in; certificates and proxies are the machine's. */
function _variables(path: (name: string) => string): Record<string, string> {
  const kept = ["NODE_EXTRA_CA_CERTS", "HTTP_PROXY", "HTTPS_PROXY", "npm_config_registry"];
  const known = kept.map((name) => [name, Deno.env.get(name) ?? ""]).filter(([, value]) => value);
  return {
    ...Object.fromEntries(known),
    PATH: `${path("programs")}:/usr/bin:/bin`,
    HOME: path("home"),
    TMPDIR: path("temporary"),
    NO_COLOR: "1",
  };
}

/** Where a program is found. */
async function _where(program: string): Promise<string | undefined> {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    const path = `${folder}/${program}`;
    if (await Deno.stat(path).then(() => true, () => false)) return path;
  }
  return undefined;
}

async function _reachesNpm(): Promise<Need> {
  const { success } = await new Deno.Command("npm", { args: ["view", "deno@2.9.6", "version"] })
    .output().catch(() => ({ success: false }));
  return success ? undefined : "no registry of npm packages";
}

function _names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** All files below a folder. */
function _listing(folder: string, prefix = ""): Set<string> {
  return new Set(
    [...Deno.readDirSync(`${folder}/${prefix}`)].flatMap(({ name, isDirectory }) =>
      isDirectory ? [..._listing(folder, `${prefix}${name}/`)] : [prefix + name]
    ),
  );
}
