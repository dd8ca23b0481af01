/**
 * The report in a real browser: opened from disk, by pointer and by keyboard, on wide and narrow screens,
 * in light and dark, with scripts and without. Screenshots stay in results/report_screenshots.
 */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "npm:playwright-core@1.55.1";
import { FIG2 } from "../../scripts/fig2_telescope.ts";
import { fig6Experiment } from "../../scripts/fig6_autoencoder.ts";
import { writeReport } from "../../scripts/report.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import {
  defineExperiment,
  type Experiment,
  fileStore,
  type JsonObject,
  reproductionBytes,
  runExperiment,
} from "../../src/experiments/mod.ts";
import { parseReconstructions } from "../../src/experiments/report/reconstructions.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { NASTY, reportData, row } from "../experiments/report/_parts.ts";
import { testNeeding } from "../_support/skips.ts";
import { type BrowserOptions, chromiumNeed, withPage } from "./_browser.ts";

const NEEDS = [chromiumNeed()];
const RESULTS = "results/report_test";
const SCREENSHOTS = "results/report_screenshots";

/** A figure of every kind of series that there is. */
const EVERY_SERIES = defineExperiment({
  name: "every_series",
  title: "Every kind of series",
  run({ addFigure, addQuantity }) {
    const axis = (label: string) => ({ label, unit: "half pitch" });
    const x = [1, 2, 3], y = [2, 1, 3];
    addQuantity("bias", "%", [-1, -1.1, -1.2], { paper: -1.3 });
    addFigure("curves", {
      title: `Curves ${NASTY}`,
      x: axis("a long name of an axis which does not fit on one line of a narrow screen"),
      y: { ...axis("EMD"), scale: "log" },
      series: [
        { kind: "band", x, low: [1, 0.5, 2], high: [3, 2, 4] },
        { kind: "line", name: "a line with quite a long name", x, y },
        { kind: "points", name: "points", x, y, yError: { low: [1, 1, 1], high: [1, 1, 1] } },
        { kind: "histogram", name: "histogram", edges: [0, 1, 2], counts: [1, 2] },
      ],
      references: [{ axis: "x", at: 2, label: "two" }],
    });
    addFigure("heat", {
      title: "A heat map",
      x: axis("exact EMD"),
      y: axis("estimate"),
      series: [{
        kind: "heatmap",
        label: "pairs",
        unit: "",
        xEdges: [0, 1, 2],
        yEdges: [0, 1, 2],
        values: [1, 2, 3, 4],
      }],
    });
  },
});

if (NEEDS[0] === undefined) {
  await Deno.mkdir(SCREENSHOTS, { recursive: true });
  // What an earlier test left is of earlier code.
  await Deno.remove(RESULTS, { recursive: true }).catch(() => {});
  await _makeReport();
}

testNeeding(NEEDS, "every figure becomes interactive, with all of its series", async () => {
  await _withReport(async (page) => {
    const plots = await _drawAll(page);
    assert(plots.length >= 3, `${plots.length} plots`);
    for (const { wanted, traces, alt } of plots) assertEquals(traces, wanted, alt);
    const types = new Set(plots.flatMap(({ types }) => types));
    assertEquals([...types].sort(), ["heatmap", "scatter"]);
    await page.evaluate("scrollTo(0, 0)");
    await page.screenshot({ path: `${SCREENSHOTS}/light.png`, fullPage: true });
  });
});

testNeeding(NEEDS, "the explorer is reached and used by keyboard", async () => {
  const { emd, wafers } = await _reconstructions();
  await _withReport(async (page) => {
    await page.keyboard.press("Tab");
    assertEquals(await page.evaluate("document.activeElement.className"), "skip");
    await page.keyboard.press("Enter");
    assertEquals(await page.evaluate("document.activeElement.id"), "main");
    for (let k = 0; !await page.evaluate("document.activeElement.name === 'wafer'"); k++) {
      assert(k < 30, "thirty times Tab, and no wafer to choose");
      await page.keyboard.press("Tab");
    }
    const shown = async () => {
      const articles = page.locator("article.chosen:visible");
      assertEquals(await articles.count(), 1);
      const k = Number((await articles.getAttribute("id"))!.slice("wafer-".length));
      const words = await articles.locator("figcaption span").allTextContents();
      assertEquals(
        words.slice(1).map((text) => text.replace(", the least", "")),
        Object.values(emd).map((values) => `EMD ${values[k].toFixed(2)}`),
      );
      assert(await articles.locator(".flows polygon").count() > 0, "there are arrows");
      return k;
    };
    const first = await shown();
    await page.keyboard.press("ArrowRight");
    assertEquals(await shown(), first + 1);
    for (let k = 0; k < first + 2; k++) await page.keyboard.press("ArrowLeft");
    assertEquals(await shown(), wafers.length - 1, "around the end");
    await page.locator("#explorer").screenshot({ path: `${SCREENSHOTS}/explorer.png` });

    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    assertEquals(await page.locator(".flows:visible").count(), 0, "arrows are switched off");
    await page.locator("#explorer").screenshot({ path: `${SCREENSHOTS}/explorer_no_flow.png` });
  });
});

testNeeding(NEEDS, "a plot follows the keys", async () => {
  await _withReport(async (page) => {
    await _drawAll(page);
    const range = (axis: string) =>
      page.evaluate(
        `document.activeElement.querySelector(".interactive").layout.${axis}axis.range`,
      ) as Promise<[number, number]>;
    await page.locator("figure.plot .area").first().focus();
    const [low, high] = await range("x");
    await page.keyboard.press("+");
    const [nearLow, nearHigh] = await range("x");
    assert(nearLow > low && nearHigh < high);
    await page.keyboard.press("ArrowRight");
    assert((await range("x"))[0] > nearLow);
    const before = await range("y");
    await page.keyboard.press("ArrowUp");
    assert((await range("y"))[0] > before[0]);
    await page.keyboard.press("0");
    assertEquals(await range("x"), [low, high]);
  });
});

testNeeding(NEEDS, "a narrow screen scrolls downwards only", async () => {
  for (const width of [320, 390]) {
    await _withReport(async (page) => {
      await page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)");
      await _drawAll(page);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth"), width);
      await page.evaluate("scrollTo(0, 0)");
      await page.screenshot({ path: `${SCREENSHOTS}/narrow_${width}.png`, fullPage: true });
    }, { size: [width, 800] });
  }
});

testNeeding(NEEDS, "text can be read in both schemes, also when the scheme changes", async () => {
  await _withReport(async (page) => {
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      await _drawAll(page);
      await page.waitForTimeout(300);
      const pale = await page.evaluate(PALE_TEXT);
      assertEquals(pale, [], `contrast below 4.5 in ${colorScheme}`);
      const path = `${SCREENSHOTS}/${colorScheme === "dark" ? "dark" : "light_again"}.png`;
      await page.evaluate("scrollTo(0, 0)");
      await page.screenshot({ path, fullPage: true });
    }
  }, { colorScheme: "dark" });
});

testNeeding(NEEDS, "without scripts the pictures stand, and the explorer works", async () => {
  await withPage(RESULTS, async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setScriptExecutionDisabled", { value: true });
    await page.goto(_address());
    const pictures = page.locator("figure img");
    const count = await pictures.count();
    assert(count >= 4, `${count} pictures`);
    for (let k = 0; k < count; k++) {
      await pictures.nth(k).scrollIntoViewIfNeeded();
      const { width, height } = (await pictures.nth(k).boundingBox())!;
      assert(width > 100 && height > 50, `picture ${k} is ${width} x ${height}`);
    }
    assertEquals(await page.locator(".interactive").count(), 0);
    await page.locator("label:has(#pick-2)").click();
    assert(await page.locator("#wafer-2").isVisible());
  });
});

testNeeding(NEEDS, "who wants less motion gets none", async () => {
  await _withReport(async (page) => {
    const behaviour = () =>
      page.evaluate("getComputedStyle(document.documentElement).scrollBehavior");
    await page.emulateMedia({ reducedMotion: "reduce" });
    assertEquals(await behaviour(), "auto");
    await page.emulateMedia({ reducedMotion: "no-preference" });
    assertEquals(await behaviour(), "smooth");
  });
});

/** Visible text with less contrast than WCAG 2.1 AA asks of small text, `[]` when all is well. */
const PALE_TEXT = `(() => {
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map((v) => {
      const share = v / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!/^rgba\\(.*, 0\\)$/.test(backgroundColor)) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = [...document.querySelectorAll("body *")].filter((element) =>
    element.checkVisibility() &&
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "") &&
    !element.closest("script, style, .modebar, .hoverlayer")
  );
  return texts.flatMap((element) => {
    const style = getComputedStyle(element);
    const color = element instanceof SVGElement ? style.fill : style.color;
    const [one, other] = [light(color), light(ground(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    return contrast >= 4.5 ? [] : [element.tagName + " " + element.textContent.trim() + " " + contrast];
  });
})()`;

/** What became of a plot. */
interface _Drawn {
  readonly wanted: number;
  readonly traces: number;
  readonly types: readonly string[];
  readonly alt: string;
}

/** Brings each plot into sight, and tells what became of it. */
async function _drawAll(page: Page): Promise<_Drawn[]> {
  const plots =
    "[...document.querySelectorAll('figure.plot')].filter((one) => one.checkVisibility())";
  const count = await page.evaluate(`${plots}.length`) as number, found: _Drawn[] = [];
  for (let k = 0; k < count; k++) {
    await page.evaluate(`${plots}[${k}].scrollIntoView({ behavior: "instant" })`);
    // The page's policy forbids what Playwright would wait with.
    const isDrawn = `${plots}[${k}].matches(".drawn:has(.interactive .main-svg)")`;
    for (let tries = 0; !await page.evaluate(isDrawn); tries++) {
      assert(tries < 100, `plot ${k} is not drawn`);
      await page.waitForTimeout(100);
    }
    found.push(
      await page.evaluate(`((figure) => {
        const { data } = figure.querySelector(".interactive");
        return {
          wanted: JSON.parse(figure.querySelector("script").textContent).data.length,
          traces: data.length,
          types: data.map(({ type }) => type),
          alt: figure.querySelector("img").alt,
        };
      })(${plots}[${k}])`) as _Drawn,
    );
  }
  return found;
}

async function _withReport(
  use: (page: Page) => Promise<void>,
  options: BrowserOptions = {},
): Promise<void> {
  await withPage(RESULTS, async (page) => {
    await page.goto(_address());
    await use(page);
  }, options);
}

/** From disk, as a user opens it. */
function _address(): string {
  return new URL(`../../${RESULTS}/report.html`, import.meta.url).href;
}

/** A report with short trainings, and an experiment of each state. */
async function _makeReport(): Promise<void> {
  await useBackend({ backend: "wasm" });
  const fig6 = fig6Experiment({
    wafers: toyWafers("shower", 300, 1),
    results: RESULTS,
    backend: "wasm",
  });
  const steps = { exact_emd: 20, telescope_mse: 20 };
  const config = {
    steps,
    recipe: "default",
    order: "train",
    backend: "wasm",
    surrogate: "shipped",
  };
  const folders = [
    await _run(FIG2, {}),
    await _run(fig6, config as never),
    await _run(EVERY_SERIES, {}),
  ];
  const done = folders.map((folder, k) =>
    row({ name: folder.split("/")[0], of: ["Fig. 2", "Fig. 6", "Fig. 5"][k], shows: "it", folder })
  );
  const { reproduction } = reportData();
  const others = reproduction.experiments.filter(({ state }) => state !== "done")
    .map((one) => ({ ...one, name: `${one.name}_${one.state}` }));
  const bytes = reproductionBytes({ ...reproduction, experiments: [...done, ...others] });
  await Deno.writeFile(`${RESULTS}/reproduction.json`, bytes);
  await writeReport({ results: RESULTS });
}

async function _run<C extends JsonObject>(experiment: Experiment<C>, config: C): Promise<string> {
  const inputs = { config, seeds: [1], dataChecksum: "", backend: "wasm", version: "test" };
  return (await runExperiment(experiment, { ...inputs, store: fileStore(RESULTS) })).folder;
}

async function _reconstructions() {
  const [key] = [...Deno.readDirSync(`${RESULTS}/fig6_autoencoder`)].map(({ name }) => name);
  return parseReconstructions(
    await Deno.readFile(`${RESULTS}/fig6_autoencoder/${key}/reconstructions.json`),
  );
}
