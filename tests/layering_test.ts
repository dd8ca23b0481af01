/** Who may import whom, and where `Deno`, npm packages and bare names may stand. */
import { assert, assertEquals } from "@std/assert";
import { permission, testNeeding } from "./_support/skips.ts";

const ROOT = new URL("../", import.meta.url);
const CAN_READ = permission({ name: "read", path: ROOT });

/** The rooms of `src/` and the rooms that each may import, besides itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  numerics: [],
  transport: ["numerics"],
  wafer: ["numerics", "transport"],
  losses: ["numerics", "wafer", "transport"],
  codecs: ["numerics", "wafer"],
  tensor: ["numerics", "losses"],
  quantization: ["numerics", "tensor"],
  models: ["numerics", "wafer", "transport", "losses", "tensor", "quantization", "datasets"],
  datasets: ["numerics", "wafer", "transport"],
  trigger: ["numerics", "wafer", "datasets", "models"],
  experiments: [
    "numerics",
    "wafer",
    "transport",
    "losses",
    "codecs",
    "tensor",
    "quantization",
    "models",
    "datasets",
    "trigger",
  ],
};

/** Rooms on which no npm package may hang. */
const WITHOUT_PACKAGES = ["numerics", "transport", "wafer", "losses", "codecs"];

interface SourceFile {
  /** Path from the root, for example `src/wafer/cells.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources = CAN_READ ? [] : [..._sourceFiles("src/"), _sourceFile("mod.ts")];

testNeeding([CAN_READ], "every folder of src/ has its place in the layering", () => {
  const rooms = [...Deno.readDirSync(new URL("src/", ROOT))].map((entry) => entry.name).sort();
  assertEquals(rooms, Object.keys(MAY_IMPORT).sort());
});

testNeeding([CAN_READ], "a room imports only the rooms below it", () => {
  const offences = sources.flatMap(({ path, imports }) => {
    const room = _roomOf(path);
    if (room === undefined) return [];
    return imports
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => new URL(specifier, new URL(path, ROOT)).href.slice(ROOT.href.length))
      .filter((target) => {
        const targetRoom = _roomOf(target);
        if (targetRoom === undefined) return !target.startsWith("data/");
        return targetRoom !== room && !MAY_IMPORT[room].includes(targetRoom);
      })
      .map((target) => `${path} imports ${target}`);
  });
  assertEquals(offences, []);
});

testNeeding([CAN_READ], "src/ names packages by pinned inline specifiers", () => {
  const offences = sources.flatMap(({ path, imports }) =>
    imports
      .filter((specifier) =>
        !/^(\.{1,2}\/|node:|npm:(@[^/]+\/)?[^@/]+@\d+\.\d+\.\d+)/.test(specifier)
      )
      .map((specifier) => `${path} imports ${specifier}`)
  );
  assertEquals(offences, []);
});

testNeeding([CAN_READ], "rooms for plain numbers import no package", () => {
  const offences = sources
    .filter(({ path }) => WITHOUT_PACKAGES.includes(_roomOf(path) ?? ""))
    .filter(({ imports }) => imports.some((specifier) => specifier.startsWith("npm:")))
    .map(({ path }) => path);
  assertEquals(offences, []);
});

testNeeding([CAN_READ], "Deno appears only in files that end in _deno.ts", () => {
  const offences = sources
    .filter(({ path }) => !path.endsWith("_deno.ts"))
    .filter(({ text }) => /\bDeno\s*\./.test(_withoutComments(text)))
    .map(({ path }) => path);
  assertEquals(offences, []);
});

testNeeding([CAN_READ], "every source file has a test of the same name, and none is long", () => {
  const offences: string[] = [];
  for (const { path, text } of sources) {
    const lines = text.split("\n").length;
    if (lines > 400) offences.push(`${path} has ${lines} lines`);
    if (_isTestedElsewhere(path)) continue;
    const test = path.replace(/^src\//, "tests/").replace(/\.ts$/, "_test.ts");
    if (!_exists(test)) offences.push(`${path} has no ${test}`);
  }
  assertEquals(offences, []);
});

testNeeding([CAN_READ], "tasks and scripts name their permissions one by one", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(new URL("deno.json", ROOT)));
  for (const [name, { command }] of Object.entries<{ command: string }>(tasks)) {
    assert(!/(^|\s)(-A|--allow-all)(\s|$)/.test(command), `task ${name} allows everything`);
  }
});

/** Types alone, lists of names, workers (tested through what starts them). */
function _isTestedElsewhere(path: string): boolean {
  return /(^|\/)(mod|types)\.ts$/.test(path) || path.endsWith("_worker.ts");
}

function _roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function _exists(path: string): boolean {
  try {
    return Deno.statSync(new URL(path, ROOT)).isFile;
  } catch {
    return false;
  }
}

function* _sourceFiles(folder: string): Generator<SourceFile> {
  for (const entry of Deno.readDirSync(new URL(folder, ROOT))) {
    if (entry.isDirectory) yield* _sourceFiles(`${folder}${entry.name}/`);
    else if (entry.name.endsWith(".ts")) yield _sourceFile(folder + entry.name);
  }
}

function _sourceFile(path: string): SourceFile {
  const text = Deno.readTextFileSync(new URL(path, ROOT));
  const code = _withoutComments(text);
  const imports = [...code.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()\s*"([^"]+)"/g)];
  return { path, text, imports: imports.map((match) => match[1]) };
}

function _withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
