// What is the chance of costing at least so much? By strategy, with 95 % bands.

import * as Plot from "@observablehq/plot";
import { logTicks, plot, ticksFor } from "../draw.ts";
import type { Chart, Panel } from "../figure.ts";
import { capital, list, number, oneIn, plainPercent, scaleOf, tick, withInterval, type Scale } from "../format.ts";
import type { Quantile } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { cell, intervalCells, rowHead, type Table } from "../table.ts";

interface Point { probability: number; value: number; low: number | null; high: number | null }

function points(strategy: Strategy, againstPlan: boolean): Point[] {
  const plan = againstPlan ? strategy.result.plan.total_cost : 0;
  return (strategy.result.distribution?.quantiles ?? [])
    .filter((at): at is Quantile & { value: number } => at.value != null)
    .map((at) => ({
      probability: 1 - at.level,
      value: at.value - plan,
      low: at.ci?.[0] == null ? null : at.ci[0] - plan,
      high: at.ci?.[1] == null ? null : at.ci[1] - plan,
    }));
}

/** The quantile that is asked for most: 1 in 100, or the next deepest there is. */
function at100(strategy: Strategy): (Quantile & { index: number }) | null {
  const quantiles = strategy.result.distribution?.quantiles ?? [];
  const index = quantiles.findIndex((at) => Math.abs(at.level - 0.99) < 1e-9);
  const last = quantiles.length - 1;
  return index >= 0 ? { ...quantiles[index], index } : last >= 0 ? { ...quantiles[last], index: last } : null;
}

function finding(study: Study, scale: Scale): string {
  const told = study.strategies.map((strategy) => ({ strategy, at: at100(strategy) })).filter(({ at }) => at?.value != null);
  if (told.length === 0) return "How likely is which total cost";
  told.sort((a, b) => b.at!.value! - a.at!.value!);
  const some = told.length > 3 ? [told[0], told[told.length - 1]] : told;
  const parts = some.map(({ strategy, at }) => `${withInterval(at!.value, at!.ci, scale)} with ${strategy.name}`);
  const odds = oneIn(1 - some[0].at!.level);
  const range = told.length > 3 ? "at most " + parts[0] + ", at least " + parts[1] : list(parts);
  return `${capital(odds)} paths cost at least, in ${study.unit(scale)}: ${range}`;
}

function panel(study: Study, shown: Strategy[], againstPlan: boolean): Panel {
  const curves = shown.map((strategy) => ({ strategy, points: points(strategy, againstPlan) }));
  const all = curves.flatMap((curve) => curve.points);
  const scale = scaleOf(all.map((point) => point.value));
  const low = Math.min(0.1, ...all.map((point) => point.probability));
  const ticks = [...logTicks(low, 1), 0.5];
  const what = againstPlan ? "Loss against the strategy's own plan" : "Total cost";
  const says = shown.map((strategy) => {
    const at = at100(strategy);
    if (at?.value == null) return `${strategy.name}: not known`;
    const plan = againstPlan ? strategy.result.plan.total_cost : 0;
    const ci = at.ci ? ([at.ci[0] == null ? null : at.ci[0] - plan, at.ci[1] == null ? null : at.ci[1] - plan] as const) : null;
    return `${strategy.name}: ${oneIn(1 - at.level)} above ${withInterval(at.value - plan, ci && [ci[0], ci[1]], scale)}`;
  });
  return {
    says: `${what} in ${study.unit(scale)} by the chance of costing at least that. ${says.join("; ")}`,
    draw: (width) => plot(width, {
      marginLeft: 78,
      marginRight: 24,
      marginBottom: 44,
      height: Math.round(Math.min(460, Math.max(320, width * 0.55))),
      x: { label: `${what} [${study.unit(scale)}] →`, labelOffset: 40, grid: true, ticks: ticksFor(width - 100), tickFormat: (d: number) => tick(d, scale), nice: true },
      y: {
        type: "log", domain: [low, 1], axis: null, label: null },
      marks: [
        Plot.gridY(ticks),
        // An axis of its own: on a logarithmic scale Plot leaves out labels of some ticks.
        Plot.axisY(ticks, { text: (d: number) => (d === 1 ? "all" : oneIn(d)), label: "↑ Paths that cost at least this", labelAnchor: "top" }),
        ...curves.map(({ strategy, points }) => Plot.areaX(points.filter((p) => p.low != null && p.high != null), {
          y: "probability", x1: "low", x2: "high", fill: strategy.colour, fillOpacity: 0.22, curve: "linear",
        })),
        ...curves.map(({ strategy, points }) => Plot.line(points, {
          x: "value", y: "probability", stroke: strategy.colour, strokeWidth: 2.2, strokeDasharray: strategy.dash, curve: "linear",
        })),
        ...curves.map(({ strategy, points }) => Plot.dot(points.filter((p) => p.high == null), {
          x: "value", y: "probability", stroke: strategy.colour, fill: "var(--paper)", r: 3,
        })),
        Plot.tip(curves.flatMap(({ strategy, points }) => points.map((p) => ({ ...p, name: strategy.name }))), Plot.pointer({
          x: "value", y: "probability",
          title: (d: Point & { name: string }) =>
            `${d.name}\n${oneIn(d.probability)} paths cost at least\n${withInterval(d.value, [d.low, d.high], scale)} ${study.unit(scale)}`,
        })),
      ],
    }),
  };
}

function tables(study: Study): Table[] {
  return study.strategies.filter((strategy) => strategy.result.distribution).map((strategy) => {
    const at = ["strategies", strategy.name, "distribution", "quantiles"];
    const scale = scaleOf(strategy.result.distribution!.quantiles.map((one) => one.value));
    return {
      caption: `Quantiles of the total cost of ${strategy.name} [${study.unit(scale)}]; its plan costs ${number(strategy.result.plan.total_cost / scale.unit, 3)}`,
      head: ["Paths that cost at least this", "Level", "Total cost", "95 % from", "to"],
      rows: strategy.result.distribution!.quantiles.map((one, i) => [
        rowHead(one.level < 0.5 ? plainPercent(1 - one.level) : oneIn(1 - one.level)),
        cell(study, [...at, i, "level"], (level) => `${number(100 * level, Math.max(0, Math.ceil(-Math.log10(Math.min(level, 1 - level)) - 2 + 1e-9)))} %`),
        ...intervalCells(study, [...at, i], scale),
      ]),
    };
  });
}

export function exceedance(study: Study): Chart | null {
  if (!study.strategies.some((strategy) => strategy.result.distribution?.quantiles.length)) return null;
  return {
    id: "exceedance",
    finding: finding(study, study.costScale()),
    reading: "Read across from the chance of a path, such as 1 in 100, to what such a path costs at least; paths are of the whole "
      + "horizon, not of a year. The shaded band is the 95 % interval: where it widens, more paths would be needed. A curve further left is cheaper; "
      + "where curves cross, the cheaper strategy has become the dearer.",
    views: [{ key: "total", label: "Total cost" }, { key: "loss", label: "Loss against plan" }],
    legend: "strategies",
    panels: (shown, view) => (shown.length ? [panel(study, shown, view === "loss")] : []),
    tables: () => tables(study),
  };
}

