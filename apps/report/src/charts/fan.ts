// The cost of each year: mean and percentiles, in nominal money.

import * as Plot from "@observablehq/plot";
import { plot } from "../draw.ts";
import { boxSwatch, lineSwatch, type Chart, type Panel } from "../figure.ts";
import { calendar, estimate, plainPercent, scaleOf, tick, withInterval } from "../format.ts";
import type { YearOfMeasure } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { estimateCell, intervalCells, rowHead, text, type Table } from "../table.ts";

const years = (strategy: Strategy): YearOfMeasure[] => strategy.result.measures.total_cost?.years ?? [];
const levels = (strategy: Strategy) => (years(strategy)[0]?.percentiles ?? []).map((at) => at.level);

/** Pairs of levels that lie as far below the median as above, widest first, then levels without a partner. */
function shape(strategy: Strategy) {
  const known = levels(strategy);
  const pairs = known.filter((level) => level < 0.5).map((low) => [low, known.find((high) => Math.abs(high + low - 1) < 1e-9)] as const)
    .filter((pair): pair is readonly [number, number] => pair[1] != null);
  const paired = new Set(pairs.flat());
  return { pairs, single: known.filter((level) => !paired.has(level) && level !== 0.5) };
}

function panels(study: Study, shown: Strategy[]): Panel[] {
  const drawn = shown.filter((strategy) => years(strategy).length);
  const values = drawn.flatMap((strategy) => years(strategy).flatMap((year) => [year.mean.value, ...(year.percentiles ?? []).map((at) => at.value)]));
  const scale = scaleOf(values);
  const top = Math.max(...values.map((value) => value ?? 0)), bottom = Math.min(0, ...values.map((value) => value ?? 0));
  return drawn.map((strategy) => {
    const { pairs, single } = shape(strategy);
    const label = (year: number) => calendar(study.results.horizon.start, 12 * (year - 1)).slice(0, 4);
    const at = (year: YearOfMeasure, level: number) => year.percentiles?.find((one) => one.level === level)?.value ?? NaN;
    const last = years(strategy)[years(strategy).length - 1];
    return {
      title: strategy.name,
      strategy,
      says: `Cost of ${strategy.name} by year in nominal ${study.unit(scale)}: mean ` + years(strategy).map((year) => `${estimate(year.mean, scale)} in year ${year.year}`).join(", "),
      draw: (width) => plot(width, {
        height: 240, marginLeft: 44, marginRight: 44,
        x: { domain: [1, Math.max(2, last.year)], ticks: years(strategy).map((year) => year.year).filter((year) => width > 330 || year % 2), tickFormat: label, label: null },
        y: { domain: [bottom, top], grid: true, ticks: 5, tickFormat: (d: number) => tick(d, scale), label: `↑ Cost of the plan year [${study.unit(scale)}]` },
        marks: [
          pairs.map(([low, high]) => Plot.areaY(years(strategy), { x: "year", y1: (d: YearOfMeasure) => at(d, low), y2: (d: YearOfMeasure) => at(d, high), fill: strategy.colour, fillOpacity: 0.22 })),
          single.map((level) => Plot.line(years(strategy), { x: "year", y: (d: YearOfMeasure) => at(d, level), stroke: strategy.colour, strokeWidth: 1.2, strokeDasharray: "2 3" })),
          single.filter((level) => level > 0.5).map((level) => Plot.text([last], { x: "year", y: (d: YearOfMeasure) => at(d, level), text: () => plainPercent(level), textAnchor: "start", dx: 4, fill: "currentColor", fontSize: 10.5 })),
          Plot.line(years(strategy), { x: "year", y: (d: YearOfMeasure) => at(d, 0.5), stroke: strategy.colour, strokeWidth: 2.2 }),
          Plot.dot(years(strategy), { x: "year", y: (d: YearOfMeasure) => d.mean.value ?? NaN, stroke: strategy.colour, fill: "var(--paper)", r: 3.5, strokeWidth: 1.6 }),
          Plot.tip(years(strategy), Plot.pointerX({
            x: "year", y: (d: YearOfMeasure) => d.mean.value ?? NaN,
            title: (d: YearOfMeasure) => [`${label(d.year)}, mean ${estimate(d.mean, scale)} ${study.unit(scale)}`,
              ...(d.percentiles ?? []).map((one) => `${plainPercent(one.level)} below ${withInterval(one.value, one.ci, scale)}`)].join("\n"),
          })),
        ],
      }),
    };
  });
}

function tables(study: Study): Table[] {
  return study.strategies.filter((strategy) => years(strategy).length).map((strategy) => {
    const scale = scaleOf(years(strategy).map((year) => year.mean.value));
    return {
      caption: `Cost of ${strategy.name} by plan year, nominal [${study.unit(scale)}]`,
      head: ["Year", "Begins", "Mean", ...levels(strategy).flatMap((level) => [`${plainPercent(level)} of paths below`, "95 % from", "to"])],
      rows: years(strategy).map((year, i) => {
        const place = ["strategies", strategy.name, "measures", "total_cost", "years", i];
        return [rowHead(String(year.year)), text(calendar(study.results.horizon.start, 12 * (year.year - 1))), estimateCell(study, [...place, "mean"], scale),
          ...levels(strategy).flatMap((_, j) => intervalCells(study, [...place, "percentiles", j], scale))];
      }),
    };
  });
}

export function fan(study: Study): Chart | null {
  const told = study.strategies.flatMap((strategy) => years(strategy).map((year) => ({ strategy, year }))).filter(({ year }) => year.mean.value != null);
  if (!told.length) return null;
  const most = told.reduce((a, b) => (b.year.mean.value! > a.year.mean.value! ? b : a));
  const scale = scaleOf([most.year.mean.value]);
  return {
    id: "fan",
    finding: `The dearest year is year ${most.year.year} of ${most.strategy.name}: ${estimate(most.year.mean, scale)} ${study.unit(scale)} in the mean`,
    reading: "Nominal money of each plan year, not discounted. The band holds the paths between the percentiles that lie as far below the median as above; dotted lines are rarer years.",
    legend: [{ label: "mean", swatch: boxSwatch("var(--paper)") }, { label: "median", swatch: lineSwatch("currentColor", "") },
      { label: "between the outer percentiles", swatch: boxSwatch("var(--muted)", 0.3) }, { label: "rarer", swatch: lineSwatch("currentColor", "2 3") }],
    panels: (shown) => panels(study, shown),
    tables: () => tables(study),
  };
}
