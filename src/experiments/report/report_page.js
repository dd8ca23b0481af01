// The report's script. Figures are static pictures; each becomes interactive when it comes near the
// screen or into focus, in the colours of the page's scheme, and follows the keyboard.

const { Plotly } = globalThis;
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Colours of figures, drawn for white paper, as they stand in the dark. */
const IN_THE_DARK = {
  "#222222": "#e4e6e8",
  "#4d4d4d": "#b4bac0",
  "#ffffff": "#16181b",
  "rgba(255,255,255,0.85)": "rgba(22,24,27,0.85)",
  "#000000": "#e4e6e8",
  "#00000040": "#e4e6e840",
  "#7a5230": "#c09468",
  "#7a523040": "#c0946840",
  "#0072b2": "#3d9bd6",
  "#0072b240": "#3d9bd640",
};

/** Below this width a legend stands under its plot. */
const NARROW = 620;

/** What draws each figure again. */
const redraws = new Map();

/** The figure, given as JSON, as it suits its place and the page: its colours, and no title of its own. */
function suited(json, width, height) {
  const text = dark.matches
    ? json.replace(/"(#[0-9a-f]{6,8}|rgba\([^"]*\))"/g, (whole, color) => {
      const other = IN_THE_DARK[color];
      return other === undefined ? whole : `"${other}"`;
    })
    : json;
  const { data, layout } = JSON.parse(text);
  delete layout.width;
  layout.autosize = true;
  layout.title = { text: "" };
  layout.margin = { t: 16, l: 64, r: 16, b: 56 };
  layout.height = height;
  // A finger that drags scrolls the page.
  layout.dragmode = matchMedia("(pointer: coarse)").matches ? false : "pan";
  layout.xaxis = axis(layout.xaxis, width);
  layout.yaxis = axis(layout.yaxis, height);
  if (width < NARROW) {
    const names = data.filter((trace) => trace.showlegend).length;
    if (layout.showlegend) {
      layout.legend = { orientation: "h", x: 0, xanchor: "left", y: -0.22, yanchor: "top" };
      layout.height += 20 * names;
    }
    layout.font = { ...layout.font, size: 11 };
    for (const trace of data) {
      if (!trace.colorbar) continue;
      const title = { ...trace.colorbar.title, side: "right", font: { size: 11 } };
      trace.colorbar = { ...trace.colorbar, thickness: 10, title };
    }
  }
  return { data, layout };
}

/** An axis whose title fits into a length, on several lines if need be. */
function axis(given, length) {
  const most = Math.max(length / 10, 20);
  let line = "";
  const lines = [];
  for (const word of (given.title?.text ?? "").match(/\([^)]*\)|\S+/g) ?? []) {
    if (line !== "" && line.length + 1 + word.length > most) lines.push(line), line = word;
    else line = line === "" ? word : `${line} ${word}`;
  }
  const text = [...lines, line].join("<br>");
  return { ...given, automargin: true, title: { text, font: { size: 13 } } };
}

/** Puts the interactive figure in the place of the static one. */
function draw(figure) {
  if (redraws.has(figure)) return;
  const area = figure.querySelector(".area");
  const picture = area.querySelector("img, .problem");
  const json = figure.querySelector("script").textContent ?? "";
  const plot = document.createElement("div");
  plot.className = "interactive";
  const height = parseFloat(getComputedStyle(figure).getPropertyValue("--height"));
  area.append(plot);
  let wasNarrow = area.clientWidth < NARROW;
  const redraw = () => {
    const { data, layout } = suited(json, area.clientWidth, height);
    const config = { responsive: true, displaylogo: false, scrollZoom: false };
    Plotly.react(plot, data, layout, config).then(() => {
      picture.hidden = true;
      figure.classList.add("drawn");
    });
  };
  redraws.set(figure, redraw);
  redraw();
  new ResizeObserver(() => {
    const isNarrow = area.clientWidth < NARROW;
    if (isNarrow !== wasNarrow) redraw();
    wasNarrow = isNarrow;
  }).observe(area);
  area.addEventListener("keydown", (event) => steer(event, plot, redraw));
}

/** Moves and zooms a plot by keys: arrows, plus and minus, 0 for all of it. */
function steer(event, plot, reset) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const moves = {
    ArrowLeft: ["xaxis", -0.1, 1],
    ArrowRight: ["xaxis", 0.1, 1],
    ArrowDown: ["yaxis", -0.1, 1],
    ArrowUp: ["yaxis", 0.1, 1],
    "+": ["both", 0, 0.8],
    "-": ["both", 0, 1.25],
  };
  if (event.key === "0") reset();
  const move = moves[event.key];
  if (event.key === "0" || move) event.preventDefault();
  if (!move) return;
  const [which, by, scale] = move;
  const ranges = {};
  for (const axis of which === "both" ? ["xaxis", "yaxis"] : [which]) {
    const [low, high] = plot.layout[axis].range, middle = (low + high) / 2 + by * (high - low);
    const half = scale * (high - low) / 2;
    ranges[`${axis}.range`] = [middle - half, middle + half];
  }
  Plotly.relayout(plot, ranges);
}

const figures = document.querySelectorAll("figure.plot");
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    draw(target);
  }
}, { rootMargin: "200px" });
for (const figure of figures) {
  seen.observe(figure);
  figure.addEventListener("focusin", () => draw(figure));
  const area = figure.querySelector(".area");
  const label = area?.getAttribute("aria-label");
  area?.setAttribute("aria-label", `${label}. Keys: arrows move, plus and minus zoom, 0 shows all`);
}
dark.addEventListener("change", () => redraws.forEach((redraw) => redraw()));
