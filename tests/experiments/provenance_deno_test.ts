import { assert, assertEquals } from "@std/assert";
import { provenance } from "../../src/experiments/provenance_deno.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const RESULTS = new URL("../../results/", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: RESULTS }),
  permission({ name: "write", path: RESULTS }),
];
const COMMIT = "0123456789abcdef0123456789abcdef01234567";

Deno.test("provenance() says time, platform and versions, whatever is permitted", async () => {
  const { time, platform, cores, deno, host, commit } = await provenance();
  assert(Math.abs(Date.parse(time) - Date.now()) < 60_000 && time.endsWith("Z"));
  assertEquals([platform, deno], [`${Deno.build.os} ${Deno.build.arch}`, Deno.version.deno]);
  assert(cores >= 1 && host !== "" && /^([0-9a-f]{40,64}|unknown)$/.test(commit));
});

testNeeding(
  NEEDS,
  "provenance() finds the commit of a branch, packed or not, and of no branch",
  () =>
    _inRepository(async (git, commitOf) => {
      await Deno.writeTextFile(new URL("HEAD", git), "ref: refs/heads/fix/a\n");
      assertEquals(await commitOf(), "unknown");
      const packed = `# pack-refs with: peeled\n${"f".repeat(40)} refs/heads/a\n`;
      await Deno.writeTextFile(
        new URL("packed-refs", git),
        `${packed}${COMMIT} refs/heads/fix/a\n`,
      );
      assertEquals(await commitOf(), COMMIT);
      await Deno.mkdir(new URL("refs/heads/fix/", git), { recursive: true });
      await Deno.writeTextFile(new URL("refs/heads/fix/a", git), `${"e".repeat(40)}\n`);
      assertEquals(await commitOf(), "e".repeat(40));
      await Deno.writeTextFile(new URL("HEAD", git), `${COMMIT}\n`);
      assertEquals(await commitOf(), COMMIT);
    }),
);

testNeeding(
  NEEDS,
  "provenance() takes nothing but a commit for one",
  () =>
    _inRepository(async (git, commitOf) => {
      for (
        const head of ["", "ref: ../../secret\n", "ref: refs/heads/../../../secret\n", "hello\n"]
      ) {
        await Deno.writeTextFile(new URL("HEAD", git), head);
        assertEquals(await commitOf(), "unknown");
      }
    }),
);

Deno.test({
  name: "provenance() asks for no permission and lives without any",
  permissions: "none",
  fn: async () => {
    const { host, commit } = await provenance();
    assertEquals([host, commit], ["unknown", "unknown"]);
  },
});

Deno.test("provenance() knows no commit of code that came from a URL", async () => {
  const { commit } = await provenance({ repository: new URL("https://example.org/hexmover/") });
  assertEquals(commit, "unknown");
});

/** Runs with a fresh `.git` folder, which is removed afterwards. */
async function _inRepository(
  run: (git: URL, commitOf: () => Promise<string>) => Promise<void>,
): Promise<void> {
  const repository = new URL(`provenance_test_${crypto.randomUUID()}/`, RESULTS);
  const git = new URL(".git/", repository);
  await Deno.mkdir(git, { recursive: true });
  try {
    await run(git, async () => (await provenance({ repository })).commit);
  } finally {
    await Deno.remove(repository, { recursive: true });
  }
}
