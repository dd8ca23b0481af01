/**
 * Every script with exactly the permissions that it names, in the smallest run that does something, in a
 * copy of the project.
 */
import { assert, assertEquals } from "@std/assert";
import { allScripts } from "../_support/all_scripts.ts";
import { PROJECT, runScript } from "../_support/run_script.ts";
import { copyProject } from "../_support/project_copy.ts";
import { permission, testNeeding } from "../_support/skips.ts";

/** The arguments of the smallest run of each script. */
const SMALLEST: Readonly<Record<string, string>> = {
  arena: "--losses exact_emd --steps 2 --seeds 1",
  build_kernels: "",
  check_docs: "--modules src/numerics/mod.ts",
  compare_codecs: "--seeds 1",
  compare_wafers: "--pairs 100",
  conditional_decoder: "--steps 2 --seeds 1",
  constant_image: "--steps 2",
  convert_root: "--input data/README.md",
  download_sizes: "",
  emd_of_wafers: "--pairs 100 --repeats 1",
  encode: "",
  evaluate_autoencoder: "",
  evaluate_surrogate: "--pairs 50 --descent 0",
  export_encoder: "--to keras",
  fetch_data: "--list",
  fig1_overview: "",
  fig2_telescope: "",
  fig3_encodings: "",
  fig4_emd_cnn: "",
  fig5_emd_cnn: "--seeds 1",
  fig6_autoencoder: "--losses exact_emd --steps 2 --seeds 1",
  fig7_trigger_resolution: "--networks default=default",
  fit_codecs: "",
  fit_wafer_tree: "--pairs 100",
  label_pairs: "--pairs 100",
  live_page: "",
  make_sample: "--count 20 --output data/few.csv",
  notebook: "--html --only 01",
  ordinal_classes: "",
  outlook: "",
  rate_distortion: "--losses exact_emd",
  reproduce: "--only fig2_telescope",
  // Of the results that the one before has left.
  report: "",
  simulate: "--events 2 --pile-up 1",
  spectral_shapes: "--pairs 20 --events 2",
  table_a1: "",
  table_b1_autoencoder: "--surrogates closed_form --recipes default --steps 2 --seeds 1",
  table_b1_grid: "--visits 64 --repeats 2",
  train_autoencoder: "--steps 2 --starts 1",
  train_surrogate: "--kind closed_form",
  tree_and_chain: "",
  validate_simulation: "--events 2 --showers 10",
};

/** What others say who can do no more here: there may be no network, and ROOT files are not at hand. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  build_kernels: /^Cannot run scripts.build_kernels.ts: may not run clang-16 .*not installed/,
  convert_root: /^Cannot read data.README.md: it is not a ROOT file/,
  fetch_data: /^Cannot read https:..zenodo.org.* cannot be reached/,
};

const COPY = new URL(`results/test-${crypto.randomUUID()}/`, PROJECT);

testNeeding(
  [permission({ name: "run" }), permission({ name: "write", path: COPY })],
  "every script runs with the permissions that it names, and no others",
  async (context) => {
    const scripts = await allScripts();
    const names = scripts.map(({ path }) => path.replace(/^scripts\/|\.ts$/g, ""));
    assertEquals(Object.keys(SMALLEST).sort(), names, "SMALLEST has a run of each script");
    await copyProject(COPY);
    try {
      for (const [name, args] of Object.entries(SMALLEST)) {
        const { path, command } = scripts[names.indexOf(name)];
        const flags = Object.keys(command!.permissions);
        await context.step(`${[...flags, path, args].join(" ")}`, async () => {
          const { code, stderr } = await runScript(
            path,
            flags,
            args.split(" ").filter(Boolean),
            COPY,
          );
          if (code !== 0) assert(REFUSED[name]?.test(stderr), stderr);
        });
      }
    } finally {
      await Deno.remove(COPY, { recursive: true });
    }
  },
);
