import { assertEquals, assertThrows } from "@std/assert";
import {
  parseReproduction,
  type ReproducedExperiment,
  type Reproduction,
  REPRODUCTION_SCHEMA,
  reproductionBytes,
} from "../../src/experiments/mod.ts";

const MACHINE = { host: "box", platform: "linux x86_64", cores: 2, deno: "2.9.6" };
const DONE: ReproducedExperiment = {
  name: "fig6_autoencoder",
  shows: "the autoencoder by its loss",
  of: "Fig. 6",
  script: "scripts/fig6_autoencoder.ts",
  arguments: ["--preset", "paper"],
  preset: "paper",
  state: "done",
  folder: "fig6_autoencoder/0123456789abcdef",
  reused: false,
  seconds: 7200,
  machine: MACHINE,
  doneAt: "2025-01-01T02:00:00.000Z",
  plannedMinutes: 140,
};
const { name, shows, script, arguments: none, preset, plannedMinutes } = DONE;
const WAITING: ReproducedExperiment = {
  ...{ name, shows, script, arguments: none, preset, plannedMinutes },
  state: "waiting",
};
const RUN: Reproduction = {
  schema: REPRODUCTION_SCHEMA,
  version: "0.1.0",
  preset: "quick",
  seed: 1,
  input: "data/sample.csv",
  backend: "wasm",
  startedAt: "2025-01-01T00:00:00.000Z",
  machine: MACHINE,
  experiments: [DONE, WAITING, { ...WAITING, state: "failed", error: "no room" }],
};

Deno.test("parseReproduction() reads what reproductionBytes() wrote", () => {
  assertEquals(parseReproduction(reproductionBytes(RUN)), RUN);
});

Deno.test("parseReproduction() says that results are those of another version", () => {
  const other = (schema: unknown) => () => parseReproduction(JSON.stringify({ ...RUN, schema }));
  assertThrows(other("hexmover/reproduction/0"), RangeError, "results of an older version");
  assertThrows(other(undefined), RangeError, "results of an older version");
  assertThrows(other("hexmover/reproduction/12"), RangeError, "results of a newer version");
  assertThrows(other(0), RangeError, "choose another folder by --results");
});

Deno.test("parseReproduction() says what is wrong, and where", () => {
  const read = (change: object) => () => parseReproduction(JSON.stringify({ ...RUN, ...change }));
  const row = (change: object) => read({ experiments: [DONE, { ...DONE, ...change }] });
  assertThrows(() => parseReproduction('{"schema": "hexmo'), SyntaxError, "must be JSON");
  assertThrows(() => parseReproduction("null"), TypeError, "must be an object");
  assertThrows(read({ seed: "1" }), TypeError, "seed must be a number");
  assertThrows(read({ preset: "huge" }), RangeError, "preset must be one of quick, paper");
  assertThrows(read({ machine: {} }), TypeError, "machine.host must be a string");
  assertThrows(row({ state: "lost" }), RangeError, "experiments[1].state must be one of waiting");
  assertThrows(row({ arguments: [1] }), TypeError, "experiments[1].arguments[0] must be a string");
  assertThrows(row({ machine: { ...MACHINE, cores: "2" } }), TypeError, "machine.cores");
  assertThrows(row({ folder: undefined }), TypeError, "experiments[1].folder must be a string");
  assertThrows(row({ colour: 1 }), TypeError, 'unknown field "colour"');
});
