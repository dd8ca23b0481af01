import type { Figure, Series } from "./figure.ts";
import type { FigureLayout } from "./figure_layout.ts";
import { TINT, VEGA_DASHES, VEGA_MARKERS, type VegaLayer } from "./vega_layers.ts";

/**
 * The layer that carries the legend: it draws nothing, since a legend needs a scale, while the
 * series have fixed colours. Each entry shows what its series looks like: a line with its dashes, a
 * marker, a tinted box.
 *
 * @param figure The figure.
 * @param layout Its layout.
 * @returns One layer, or none when no series has a name or the figure wants no legend.
 */
export function vegaLegend(figure: Figure, layout: FigureLayout): VegaLayer[] {
  const place = figure.legend ?? "right";
  const named = figure.series
    .map((series, i) => ({ ..._symbol(series, layout.ranks[i]), color: layout.colors[i] }))
    .filter(({ name }) => name !== undefined);
  if (place === "none" || named.length === 0) return [];

  const names = named.map(({ name }) => name!);
  // An expression that picks an entry's own value. Where Vega works out how large a symbol is,
  // `datum` is the name itself.
  const pick = (values: unknown[]) => ({
    value: {
      signal: `${JSON.stringify(values)}[indexof(${JSON.stringify(names)}, datum.value || datum)]`,
    },
  });
  return [{
    data: { values: [] },
    mark: { type: "point" },
    encoding: {
      // Any channel would do that a heat map leaves free.
      shape: {
        field: "name",
        type: "nominal",
        scale: { domain: names, range: named.map(({ shape }) => shape) },
        legend: {
          title: null,
          orient: place,
          offset: place === "right" ? 16 : 8,
          symbolSize: 400,
          // All rows of one height, whatever the symbol.
          clipHeight: 18,
          rowPadding: 0,
          ...(place === "right" ? {} : { fillColor: "#ffffffd9", padding: 5 }),
          encoding: {
            symbols: {
              opacity: { value: 1 },
              stroke: pick(named.map(({ color }) => color)),
              strokeWidth: pick(named.map(({ strokeWidth }) => strokeWidth)),
              strokeDash: pick(named.map(({ strokeDash }) => strokeDash)),
              fill: pick(named.map(({ color }) => color)),
              fillOpacity: pick(named.map(({ fillOpacity }) => fillOpacity)),
              size: pick(named.map(({ size }) => size)),
            },
          },
        },
      },
    },
  }];
}

function _symbol(series: Series, rank: number) {
  const plain = { shape: "square", fillOpacity: TINT, strokeWidth: 0, strokeDash: [], size: 150 };
  switch (series.kind) {
    case "heatmap":
      // Its legend is the colour bar.
      return { ...plain, name: undefined };
    case "line": {
      const strokeDash = VEGA_DASHES[series.dash ?? "solid"];
      return {
        ...plain,
        name: series.name,
        shape: "stroke",
        strokeWidth: 2,
        strokeDash,
        size: 400,
      };
    }
    case "points": {
      const shape = VEGA_MARKERS[rank % VEGA_MARKERS.length];
      return { ...plain, name: series.name, shape, fillOpacity: 1, size: 60 };
    }
    case "histogram": {
      const fillOpacity = series.filled === false ? 0 : TINT;
      return { ...plain, name: series.name, fillOpacity, strokeWidth: 1.8 };
    }
    case "band":
      return { ...plain, name: series.name };
  }
}
