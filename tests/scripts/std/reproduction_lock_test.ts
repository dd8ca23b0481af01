import { assertEquals, assertRejects } from "@std/assert";
import { LOCK, lockResults } from "../../../scripts/std/reproduction_lock.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const ROOT = new URL("../../../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: new URL("results/", ROOT) }),
];

async function inFolder(test: (results: string, names: () => string[]) => Promise<void>) {
  const results = `results/test-${crypto.randomUUID()}`;
  try {
    await test(results, () => [...Deno.readDirSync(results)].map(({ name }) => name));
  } finally {
    await Deno.remove(results, { recursive: true });
  }
}

testNeeding(NEEDS, "a folder is one run's until it ends, and then another's", async () => {
  await inFolder(async (results, names) => {
    for (let k = 0; k < 2; k++) {
      using _lock = await lockResults(results);
      assertEquals(names(), [LOCK]);
      await assertRejects(
        () => lockResults(results),
        RangeError,
        `Cannot reproduce: process ${Deno.pid}`,
      );
      assertEquals(names(), [LOCK], "who was refused leaves it alone");
    }
    assertEquals(names(), []);
  });
});

testNeeding(
  NEEDS,
  "of many that ask at once, each in turn, never two have the folder",
  async () => {
    await inFolder(async (results, names) => {
      let holders = 0, most = 0, done = 0;
      const ask = async () => {
        while (true) {
          try {
            using _lock = await lockResults(results);
            most = Math.max(most, ++holders);
            await new Promise((resolve) => setTimeout(resolve, 1));
            holders--;
            done++;
            return;
          } catch (error) {
            if (!(error instanceof RangeError)) throw error;
          }
        }
      };
      await Promise.all(Array.from({ length: 12 }, ask));
      assertEquals([most, done, names()], [1, 12, []]);
    });
  },
);

testNeeding(NEEDS, "a file that a killed run has left is in nobody's way", async () => {
  await inFolder(async (results, names) => {
    await Deno.mkdir(results, { recursive: true });
    // Of a process whose number another one may have by now.
    await Deno.writeTextFile(
      `${results}/${LOCK}`,
      `process ${Deno.pid}, since long ago, and more\n`,
    );
    {
      using _lock = await lockResults(results);
      const text = await Deno.readTextFile(`${results}/${LOCK}`);
      assertEquals(/^process \d+( on \S+)?, since \S+Z\n$/.test(text), true, text);
    }
    assertEquals(names(), []);
  });
});
