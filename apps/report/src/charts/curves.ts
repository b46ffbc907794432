// What outages cost in a year, by return period: the worst year in all (AEP) or its largest incident (OEP).

import * as Plot from "@observablehq/plot";
import { apart, plot } from "../draw.ts";
import type { Chart, Panel } from "../figure.ts";
import { count, list, scaleOf, tick, withInterval } from "../format.ts";
import type { CurvePoint } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { intervalCells, rowHead, type Table } from "../table.ts";

type Kind = "aep" | "oep";
type Known = CurvePoint & { value: number };

const curve = (strategy: Strategy, kind: Kind): Known[] =>
  (strategy.result.curves?.[kind] ?? []).filter((point): point is Known => point.value != null);

const near = (points: Known[], period: number): Known | undefined =>
  points.find((point) => point.return_period >= period) ?? points[points.length - 1];

function finding(study: Study): string {
  const told = study.strategies.map((strategy) => ({ name: strategy.name, at: near(curve(strategy, "aep"), 100) })).filter(({ at }) => at);
  if (!told.length) return "Outages of a year by return period";
  told.sort((a, b) => b.at!.value - a.at!.value);
  const scale = scaleOf(told.map(({ at }) => at!.value));
  const some = told.length > 3 ? [told[0], told[told.length - 1]] : told;
  const parts = some.map(({ name, at }) => `${withInterval(at!.value, at!.ci, scale)} with ${name}`);
  const range = told.length > 3 ? `from ${parts[1]} to ${parts[0]}` : list(parts);
  return `Once in ${count(some[0].at!.return_period)} years outages cost at least, in ${study.unit(scale)}: ${range}`;
}

function panel(study: Study, shown: Strategy[], kind: Kind): Panel {
  const curves = shown.map((strategy) => ({ strategy, points: curve(strategy, kind) })).filter(({ points }) => points.length);
  const scale = scaleOf(curves.flatMap(({ points }) => points.map((point) => point.value)));
  const periods = [...new Set(curves.flatMap(({ points }) => points.map((point) => point.return_period)))].sort((a, b) => a - b);
  const what = kind === "aep" ? "all outages of the year" : "the largest incident of the year";
  return {
    says: `Cost of ${what} in ${study.unit(scale)}. ` + curves.map(({ strategy, points }) => {
      const at = near(points, 100)!;
      return `${strategy.name}: ${withInterval(at.value, at.ci, scale)} once in ${at.return_period} years`;
    }).join("; "),
    draw: (width) => {
      const labelled = width >= 620 && curves.length <= 6;
      const height = Math.round(Math.min(400, Math.max(280, width * 0.45)));
      const top = Math.max(...curves.flatMap(({ points }) => points.map((p) => p.ci[1] ?? p.value)));
      const pixel = (value: number) => height - 44 - (value / top) * (height - 44 - 24);
      const ends = curves.map(({ points }) => points[points.length - 1]);
      const places = apart(ends.map((end) => pixel(end.value)), 15, 20, height - 44);
      return plot(width, {
        marginLeft: 56, marginRight: labelled ? 150 : 20, marginBottom: 44, height,
        x: { type: "log", axis: null, label: null },
        y: { domain: [0, top], grid: true, label: `↑ Cost of ${what} [${study.unit(scale)}]`, ticks: 6, tickFormat: (d: number) => tick(d, scale) },
        marks: [
          Plot.axisX(width < 500 ? periods.filter((_, i) => i % 2 === 0) : periods, { text: (d: number) => count(d), label: "Return period [years] →" }),
          ...curves.map(({ strategy, points }) => Plot.areaY(points.filter((p) => p.ci[0] != null && p.ci[1] != null), {
            x: "return_period", y1: (p: Known) => p.ci[0], y2: (p: Known) => p.ci[1], fill: strategy.colour, fillOpacity: 0.22,
          })),
          ...curves.map(({ strategy, points }) => Plot.line(points, {
            x: "return_period", y: "value", stroke: strategy.colour, strokeWidth: 2.2, strokeDasharray: strategy.dash,
          })),
          labelled ? curves.map(({ strategy }, i) => Plot.text([ends[i]], {
            x: "return_period", y: "value", text: () => (strategy.name.length > 22 ? `${strategy.name.slice(0, 21)}…` : strategy.name),
            textAnchor: "start", dx: 8, dy: places[i] - pixel(ends[i].value), fill: strategy.colour, fontWeight: 600,
          })) : null,
          Plot.tip(curves.flatMap(({ strategy, points }) => points.map((p) => ({ ...p, name: strategy.name }))), Plot.pointer({
            x: "return_period", y: "value",
            title: (d: Known & { name: string }) =>
              `${d.name}\nonce in ${d.return_period} years at least\n${withInterval(d.value, d.ci, scale)} ${study.unit(scale)}`,
          })),
        ],
      });
    },
  };
}

function tables(study: Study): Table[] {
  return study.strategies.filter((strategy) => strategy.result.curves).map((strategy) => {
    const { aep, oep, basis } = strategy.result.curves!;
    const scale = scaleOf([...aep, ...oep].map((point) => point.value));
    const at = ["strategies", strategy.name, "curves"];
    return {
      caption: `Cost of outages of ${strategy.name} by return period [${study.unit(scale)}]; ${basis}`,
      head: ["Return period [years]", "All outages of the year (AEP)", "95 % from", "to", "Largest incident (OEP)", "95 % from", "to"],
      rows: aep.map((point, i) => [
        rowHead(count(point.return_period)),
        ...intervalCells(study, [...at, "aep", i], scale),
        ...intervalCells(study, [...at, "oep", i], scale),
      ]),
    };
  });
}

export function outageCurves(study: Study): Chart | null {
  if (!study.strategies.some((strategy) => curve(strategy, "aep").length)) return null;
  return {
    id: "outage-curves",
    finding: finding(study),
    reading: "Here a year is the unit: a loss with a return period of 100 years is exceeded in one plan year of a hundred. "
      + "Revenue lost to outages in nominal money, before what vendors pay back. Bands are 95 % intervals.",
    views: [{ key: "aep", label: "All outages of a year (AEP)" }, { key: "oep", label: "Largest incident of a year (OEP)" }],
    legend: "strategies",
    panels: (shown, view) => (shown.length ? [panel(study, shown, view as Kind)] : []),
    tables: () => tables(study),
  };
}
