/** The live page in a real browser, beside what the same modules give in Deno. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Page } from "npm:playwright-core@1.55.1";
import { livePage } from "../../scripts/live_page.ts";
import { cHeader } from "../../src/models/export/c_header.ts";
import { parseEncoderJson } from "../../src/models/export/encoder_json.ts";
import {
  autoencoderLoss,
  autoencoderTraining,
  type EconAutoencoderWeights,
  econAutoencoderWeightsOf,
  integerEncoder,
  loadEconAutoencoder,
  PUBLISHED_FORMATS,
} from "../../src/models/mod.ts";
import { integerEncoderSpec } from "../../src/models/integer/integer_encoder_spec.ts";
import { readKerasWeights } from "../../src/models/published/keras_weights.ts";
import { CELLS, waferEmd } from "../../src/wafer/mod.ts";
import { formatWaferCsv, toyWafers } from "../../src/datasets/mod.ts";
import { train, useBackend } from "../../src/tensor/mod.ts";
import { encoderFiles } from "../../web/encoder_files.ts";
import { trainingWafers } from "../../web/training_wafers.ts";
import { testNeeding } from "../_support/skips.ts";
import { type BrowserOptions, chromiumNeed, withPage } from "./_browser.ts";

const NEEDS = [chromiumNeed()];
const PAGE = "results/live";
const SCREENSHOTS = "results/live_screenshots";

/** What a careful host sends along. */
const STRICT = {
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; " +
    "worker-src 'self'; base-uri 'none'; form-action 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

if (NEEDS[0] === undefined) {
  await livePage({ out: PAGE });
  await Deno.mkdir(SCREENSHOTS, { recursive: true });
}

testNeeding(NEEDS, "painting changes the EMD to that of the painted charges", async () => {
  await _withLivePage(async (page) => {
    await _checkEmd(page);
    for (const [wafer, preset] of [["x", "One hit"], ["y", "Pile-up"], ["y", "X blurred"]]) {
      await _press(page, wafer, preset);
      await _checkEmd(page);
    }

    await _press(page, "x", "Clear");
    assertEquals(await page.textContent("#emd"), "–");
    await _cell(page, "x", 5).click();
    await _checkEmd(page);
    await page.keyboard.press("7");
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    const { x } = await _painted(page);
    assertEquals(x.filter((charge) => charge > 0).toSorted(), Float64Array.of(80, 100).toSorted());
    await _checkEmd(page);

    await page.check("#show-potential");
    await _checkEmd(page);
    await page.screenshot({ path: `${SCREENSHOTS}/painted.png`, fullPage: true });
  });
});

testNeeding(
  NEEDS,
  "a stroke paints all cells on its way, and one begun on paint erases",
  async () => {
    await _withLivePage(async (page) => {
      await _press(page, "x", "Clear");
      const stroke = async () => {
        for (const [k, cell] of [0, 1, 2].entries()) {
          const { x, y, width, height } = (await _cell(page, "x", cell).boundingBox())!;
          await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
          if (k === 0) await page.mouse.down();
        }
        await page.mouse.up();
      };
      await stroke();
      assertEquals((await _painted(page)).x.slice(0, 4), Float64Array.of(100, 100, 100, 0));
      await stroke();
      assertEquals((await _painted(page)).x.slice(0, 4), new Float64Array(4));
    });
  },
);

testNeeding(NEEDS, "the keyboard reaches both wafers, and one cell of each at a time", async () => {
  await _withLivePage(async (page) => {
    const focused = () => page.locator(".cell:focus").getAttribute("aria-label");
    await page.focus("#brush");
    await page.keyboard.press("Tab");
    _assertMatch(await focused(), /^cell 3, \d+ counts$/);
    await page.keyboard.press("ArrowRight");
    _assertMatch(await focused(), /^cell 7, \d+ counts$/);
    const onTheWay = 4 + 1; // buttons of wafer X, and the choice of colours
    for (let k = 0; k <= onTheWay; k++) await page.keyboard.press("Tab");
    assertEquals(await page.locator("#wafer-y .cell:focus").count(), 1);
  });
});

testNeeding(NEEDS, "codes and reconstruction are those of the integer encoder", async () => {
  const { encoder, decode } = await loadEconAutoencoder();
  const integers = integerEncoder(encoder);
  await _withLivePage(async (page) => {
    for (const preset of ["Shower", "Pile-up", "One hit"]) {
      await _press(page, "x", preset);
      const { x } = await _painted(page), codes = integers.encode(x);
      assertEquals(await _codes(page), [...codes]);
      const { value } = waferEmd(x, Float64Array.from(decode(integers.values(codes))));
      const shown = await page.getAttribute("#reconstruction-emd", "data-value");
      assertAlmostEquals(Number(shown), value, 1e-6);
    }
  });
});

testNeeding(NEEDS, "a short training ends as in Deno, and its files say so", async () => {
  await _withLivePage(async (page) => {
    await _train(page, 40);
    await _checkTrained(page);
    const json = await _download(page, "JSON"), header = await _download(page, "C header");
    const text = new TextDecoder().decode(json), weights = parseEncoderJson(text);
    assert(text === encoderFiles(await _trainedHere(40)).json.text, "the weights are the same");
    assertEquals(new TextDecoder().decode(header), cHeader(integerEncoderSpec(weights.encoder)));

    const named = await readKerasWeights(await _download(page, "Keras file"));
    const kernel = named.get("decoder/de_dense_final/kernel:0")!.values;
    assertEquals(kernel.length, 2048);
    assert(kernel.every((value, k) => value === weights.decoder.dense.kernel[k]));

    await page.selectOption("#network", "just trained: exact EMD");
    const { x } = await _painted(page);
    assertEquals(await _codes(page), [...integerEncoder(weights).encode(x)]);
    await page.screenshot({ path: `${SCREENSHOTS}/trained.png`, fullPage: true });
  });
});

testNeeding(NEEDS, "a CSV of one's own is learnt from, and a training can be stopped", async () => {
  const csv = formatWaferCsv(toyWafers("shower", 300, 5));
  await _withLivePage(async (page) => {
    await _choose(page, "mine.csv", csv);
    await page.waitForSelector("#file-note:has-text('mine.csv:')");
    const note = await page.textContent("#file-note");
    _assertMatch(note, /^mine\.csv: 2\d\d wafers to learn from, [23]\d to judge by\.$/);
    await page.fill("#steps", "100000");
    await page.click("#train");
    await page.waitForSelector("#chart polyline");
    await page.screenshot({ path: `${SCREENSHOTS}/training.png`, fullPage: true });
    await page.click("#stop");
    await page.waitForSelector("#training-form[data-state=over]");
    await _checkTrained(page);
    _assertMatch(await page.textContent("#training-status"), /^Trained on 2\d\d wafers/);
  });
});

testNeeding(NEEDS, "a bad CSV is refused with the place and the reason", async () => {
  const header = Array.from({ length: CELLS }, (_, cell) => `CALQ_${cell}`).join(",");
  const row = (charge: string) => `${Array(CELLS - 1).fill("1").join(",")},${charge}\n`;
  const bad: [string, string | Uint8Array, RegExp][] = [
    ["empty.csv", "", /^Cannot read wafers from empty\.csv: it is empty$/],
    ["picture.csv", Uint8Array.of(0x89, 0x50, 0xff, 0xfe), /picture\.csv: .*not UTF-8$/],
    ["other.csv", "a,b\n1,2\n", /other\.csv: line 1: .*CALQ_0/],
    ["minus.csv", `${header}\n${row("-3")}`, /minus\.csv: line 2: column CALQ_47: .*"-3"$/],
    ["short.csv", `${header}\n1,2\n`, /short\.csv: line 2: .*48, current number is 2$/],
    ["few.csv", `${header}\n${row("5")}${row("6")}`, /few\.csv: .*at least 100 .*is 2$/],
  ];
  await _withLivePage(async (page) => {
    for (const [name, content, expected] of bad) {
      await _choose(page, name, content);
      await page.waitForSelector(`#file-error:has-text("${name}")`);
      _assertMatch(await page.textContent("#file-error"), expected);
    }
    await page.screenshot({ path: `${SCREENSHOTS}/refused.png`, fullPage: true });
    await _train(page, 10);
    _assertMatch(await page.textContent("#training-status"), /^Trained on 1799 wafers/);
  });
});

testNeeding(NEEDS, "opened from disk the page does all that as well", async () => {
  await withPage(PAGE, async (page) => {
    await page.goto(`file://${await Deno.realPath(PAGE)}/index.html`);
    await page.waitForSelector("html[data-ready]");
    await _checkEmd(page);
    await _train(page, 10);
    await _checkTrained(page);
    const named = await readKerasWeights(await _download(page, "Keras file"));
    assert(named.has("encoder/encoded_vector/kernel:0"));
  });
});

for (
  const { name, ...options } of [
    { name: "light", colorScheme: "light" },
    { name: "dark", colorScheme: "dark" },
    { name: "narrow", size: [360, 740] },
  ] satisfies (BrowserOptions & { name: string })[]
) {
  testNeeding(NEEDS, `nothing sticks out of the page (${name})`, async () => {
    await _withLivePage(async (page) => {
      await _train(page, 30);
      await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });
      const beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      assertEquals(await page.evaluate(beyond), 0);
    }, options);
  });
}

async function _withLivePage(
  use: (page: Page) => Promise<void>,
  options: BrowserOptions = {},
): Promise<void> {
  await withPage(PAGE, async (page, address) => {
    await page.goto(address);
    await page.waitForSelector("html[data-ready]");
    await use(page);
  }, { headers: STRICT, ...options });
}

async function _press(page: Page, wafer: string, preset: string): Promise<void> {
  await page.click(`#presets-${wafer} button:text-is("${preset}")`);
}

function _cell(page: Page, wafer: string, cell: number) {
  return page.locator(`#wafer-${wafer} .cell`).nth(cell);
}

/** The charges that stand on the page. */
async function _painted(page: Page): Promise<{ x: Float64Array; y: Float64Array }> {
  const charges = async (wafer: string) =>
    Float64Array.from(
      await page.locator(`#wafer-${wafer} .cell`).evaluateAll((cells) =>
        cells.map((cell) => Number(cell.getAttribute("data-charge")))
      ),
    );
  return { x: await charges("x"), y: await charges("y") };
}

async function _checkEmd(page: Page): Promise<void> {
  const { x, y } = await _painted(page), { value, flows } = waferEmd(x, y);
  assertEquals(Number(await page.getAttribute("#emd", "data-value")), value);
  assertEquals(await page.textContent("#emd"), value.toFixed(3));
  assertEquals(await page.locator("#flow .flow polygon").count(), flows.length);
}

async function _codes(page: Page): Promise<number[]> {
  return (await page.locator("#codes span").allTextContents()).map(Number);
}

async function _train(page: Page, steps: number): Promise<void> {
  await page.fill("#steps", String(steps));
  await page.click("#train");
  await page.waitForSelector("#training-form[data-state=over]");
}

/** The network that the page trains on the exact EMD, trained in Deno: equal to the last bit. */
async function _trainedHere(steps: number): Promise<EconAutoencoderWeights> {
  const sample = new Blob([await Deno.readTextFile("data/sample.csv")]);
  const { train: wafers } = await trainingWafers(sample, "the sample", "train", 1);
  await useBackend({ backend: "wasm" });
  const training = autoencoderTraining({
    wafers,
    architecture: {
      formats: PUBLISHED_FORMATS,
      decoder: { kind: "convolutional" },
      conditions: [],
    },
    loss: await autoencoderLoss("exact_emd"),
    steps,
    seed: 1,
  });
  await train(training);
  return await econAutoencoderWeightsOf(training.model, PUBLISHED_FORMATS);
}

/** Both losses have ended with a finite median, and with files to take along. */
async function _checkTrained(page: Page): Promise<void> {
  assertEquals(await page.textContent("#training-error"), "");
  const ends = await page.locator("#chart text.series0, #chart text.series1").allTextContents();
  assertEquals(ends.length, 2);
  for (const end of ends) _assertMatch(end, /^(exact EMD|telescope) \d+\.\d\d$/);
  assertEquals(await page.locator("#downloads button").count(), 6);
}

/** A file of the network trained on the exact EMD. */
async function _download(page: Page, button: string): Promise<Uint8Array<ArrayBuffer>> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.click(`#downloads li:first-child button:text-is("${button}")`),
  ]);
  return await Deno.readFile(await file.path());
}

async function _choose(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const { Buffer } = await import("node:buffer");
  const buffer = Buffer.from(content);
  await page.setInputFiles("#file", { name, mimeType: "text/csv", buffer });
}

function _assertMatch(text: string | null, pattern: RegExp): void {
  assert(pattern.test(text ?? ""), `"${text}" does not match ${pattern}`);
}
