// How the total cost spreads: a histogram by strategy, with mean, median and the 1-in-100 path.

import * as Plot from "@observablehq/plot";
import { plot, ticksFor } from "../draw.ts";
import { boxSwatch, lineSwatch, type Chart, type Panel } from "../figure.ts";
import { count, estimate, number, scaleOf, tick, withInterval } from "../format.ts";
import type { Histogram, Quantile } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { cell, plainCell, rowHead, text, type Table } from "../table.ts";

const histogram = (strategy: Strategy): Histogram | null => strategy.result.distribution?.histogram ?? null;

const quantile = (strategy: Strategy, level: number): Quantile | undefined =>
  strategy.result.distribution?.quantiles.find((at) => Math.abs(at.level - level) < 1e-9 && at.value != null);

const total = (of: Histogram) => of.counts.reduce((sum, one) => sum + one, of.below + of.above);

function marks(strategy: Strategy) {
  const found = [
    { word: "mean", value: strategy.result.measures.total_cost.mean.value, dash: "" },
    { word: "median", value: quantile(strategy, 0.5)?.value, dash: "6 3" },
    { word: "1 in 100", value: quantile(strategy, 0.99)?.value, dash: "2 3" },
  ];
  return found.filter((one): one is { word: string; value: number; dash: string } => one.value != null);
}

function panels(study: Study, shown: Strategy[]): Panel[] {
  const drawn = shown.filter((strategy) => histogram(strategy));
  const bins = drawn.map((strategy) => {
    const of = histogram(strategy)!;
    return of.counts.map((n, i) => ({ from: of.first + i * of.width, to: of.first + (i + 1) * of.width, n, share: n / total(of) / of.width }));
  });
  const ends = bins.flatMap((one) => (one.length ? [one[0].from, one[one.length - 1].to] : []));
  const domain = [Math.min(...ends), Math.max(...ends)];
  const scale = scaleOf(domain);
  const top = Math.max(...bins.flat().map((bin) => bin.share));
  return drawn.map((strategy, which) => {
    const cost = strategy.result.measures.total_cost;
    const of = histogram(strategy)!;
    const median = quantile(strategy, 0.5), rare = quantile(strategy, 0.99);
    const outside = of.below + of.above;
    return {
      title: strategy.name,
      strategy,
      note: `mean ${estimate(cost.mean, scale)}` + (median ? `, median ${withInterval(median.value, median.ci, scale)}` : "")
        + (rare ? `, 1 in 100 above ${withInterval(rare.value, rare.ci, scale)}` : "") + ` ${study.unit(scale)}`
        + (outside ? `; ${count(outside)} of ${count(total(of))} paths lie outside the picture` : ""),
      says: `Histogram of the total cost of ${strategy.name}: mean ${estimate(cost.mean, scale)} ${study.unit(scale)}`,
      draw: (width) => plot(width, {
        height: 190, marginLeft: 12, marginRight: 14, marginBottom: 40, marginTop: 14,
        x: { domain, label: `Total cost [${study.unit(scale)}] →`, ticks: ticksFor(width, 70), tickFormat: (d: number) => tick(d, scale) },
        y: { domain: [0, top * 1.04], axis: null },
        marks: [
          Plot.rectY(bins[which], { x1: "from", x2: "to", y: "share", fill: strategy.colour, fillOpacity: 0.38, inset: 0 }),
          Plot.line(bins[which].flatMap((bin) => [{ x: bin.from, y: bin.share }, { x: bin.to, y: bin.share }]), {
            x: "x", y: "y", stroke: strategy.colour, strokeWidth: 1.2,
          }),
          marks(strategy).map((one) => Plot.ruleX([one.value], { stroke: "currentColor", strokeWidth: 1.7, strokeDasharray: one.dash })),
          Plot.ruleY([0], { stroke: "currentColor" }),
          Plot.tip(bins[which], Plot.pointerX({
            x: (bin: { from: number; to: number }) => (bin.from + bin.to) / 2, y: "share",
            title: (bin: { from: number; to: number; n: number }) =>
              `${tick(bin.from, scale)} to ${tick(bin.to, scale)} ${study.unit(scale)}\n${count(bin.n)} paths`,
          })),
        ],
      }),
    };
  });
}

function tables(study: Study): Table[] {
  return study.strategies.filter(histogram).map((strategy) => {
    const of = histogram(strategy)!;
    const scale = scaleOf([of.first + of.counts.length * of.width]);
    const at = ["strategies", strategy.name, "distribution", "histogram"];
    const bound = (value: number) => tick(value, scale);
    return {
      caption: `Paths of ${strategy.name} by total cost; classes of ${number(of.width / scale.unit, 3)} ${study.unit(scale)}`,
      head: [`From [${study.unit(scale)}]`, "To", "Paths"],
      rows: [
        [rowHead("less"), plainCell(study, [...at, "first"], scale, 3), cell(study, [...at, "below"], count)],
        ...of.counts.map((_, i) => [
          rowHead(bound(of.first + i * of.width)), text(bound(of.first + (i + 1) * of.width)), cell(study, [...at, "counts", i], count),
        ]),
        [rowHead(bound(of.first + of.counts.length * of.width)), text("more"), cell(study, [...at, "above"], count)],
      ],
    };
  });
}

function finding(study: Study): string {
  const skewed = study.strategies.map((strategy) => {
    const median = quantile(strategy, 0.5)?.value, rare = quantile(strategy, 0.99)?.value;
    return { strategy, over: median && rare ? rare / median - 1 : null };
  }).filter((one) => one.over != null);
  if (!skewed.length) return "How the total cost spreads";
  skewed.sort((a, b) => b.over! - a.over!);
  const most = skewed[0], least = skewed[skewed.length - 1];
  const told = (one: typeof most) => `${number(100 * one.over!, 0)} % above the median with ${one.strategy.name}`;
  return skewed.length === 1
    ? `A 1-in-100 path costs ${told(most)}`
    : `A 1-in-100 path costs ${told(most)}, ${told(least)}`;
}

export function distribution(study: Study): Chart | null {
  if (!study.strategies.some(histogram)) return null;
  const rule = (dash: string) => lineSwatch("currentColor", dash);
  return {
    id: "distribution",
    finding: finding(study),
    reading: "Each histogram shows how often paths end in which class of total cost; all share one scale, so that they can be laid one over another. "
      + "A long right side is what insurance, second vendors and notice periods are for.",
    legend: [
      { label: "share of paths", swatch: boxSwatch("var(--muted)", 0.5) }, { label: "mean", swatch: rule("") },
      { label: "median", swatch: rule("6 3") }, { label: "1 in 100 costs more", swatch: rule("2 3") },
    ],
    panels: (shown) => panels(study, shown),
    tables: () => tables(study),
  };
}
