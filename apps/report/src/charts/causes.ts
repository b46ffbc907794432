// What the tail is owed to, whoever it was booked at: prices, outages, divergence.

import type { Chart } from "../figure.ts";
import { list, plainPercent, scaleOf, withError, halfWidth, words, worst } from "../format.ts";
import type { Cause } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { estimateCell, partCell, rowHead, text } from "../table.ts";
import { bars, type Bar } from "./bars.ts";
import { capitalWorst } from "./tail.ts";

const of = (strategy: Strategy): Cause[] => strategy.result.attribution?.by_cause ?? [];

function all(shown: Strategy[], level: number): Bar[] {
  return shown.flatMap((strategy) => of(strategy).flatMap((cause) => {
    const part = cause.tail.find((one) => one.level === level);
    return part?.value == null ? [] : [{ row: words(cause.cause), value: part.value, se: part.se, colour: strategy.colour, name: strategy.name }];
  }));
}

function finding(study: Study, level: number): string {
  const told = study.strategies.flatMap((strategy) => {
    const own = all([strategy], level);
    const sum = own.reduce((total, bar) => total + bar.value, 0);
    if (!(sum > 0)) return [];
    const most = own.reduce((a, b) => (b.value > a.value ? b : a));
    return [`${most.row} with ${strategy.name} (${plainPercent(most.value / sum)})`];
  });
  return told.length ? `What the ${worst(level)} is owed to: ${list(told.slice(0, 3))}` : "What the tail is owed to";
}

export function causes(study: Study): Chart | null {
  const levels = study.tailLevels();
  const rows = [...new Set(study.strategies.flatMap((strategy) => of(strategy).map((cause) => words(cause.cause))))];
  if (!levels.length || !rows.length) return null;
  const scale = scaleOf(levels.flatMap((level) => all(study.strategies, level).map((bar) => bar.value)));
  return {
    id: "causes",
    finding: finding(study, levels[0]),
    reading: "The same mean loss of the worst paths, split by cause: commercial is prices and contracts, divergence a provider that turns rival or breaks off, "
      + "contagion one that follows another. Bars of a strategy add up to its expected shortfall above plan; thin lines are 95 % intervals.",
    legend: "strategies",
    views: levels.map((level) => ({ key: String(level), label: capitalWorst(level) })),
    panels: (shown, view) => (shown.length ? [{
      says: `Loss of the ${worst(Number(view))} by cause in ${study.unit(scale)}. ` + all(shown, Number(view)).map((bar) =>
        `${bar.row} with ${bar.name} ${withError(bar.value, halfWidth(bar), scale)}`).join("; "),
      draw: (width) => bars(width, rows, all(shown, Number(view)), scale, `Part of the ${worst(Number(view))} [${study.unit(scale)}] →`, study.unit(scale)),
    }] : []),
    tables: () => study.strategies.filter((strategy) => of(strategy).length).map((strategy) => ({
      caption: `Causes of the loss of ${strategy.name} [${study.unit(scale)}]; means are of the first ${strategy.result.attribution!.mean_paths} paths`,
      head: ["Cause", "Mean loss", ...levels.map((level) => `Part of the ${worst(level)}`)],
      rows: of(strategy).map((cause, i) => {
        const place = ["strategies", strategy.name, "attribution", "by_cause", i];
        return [rowHead(words(cause.cause)), estimateCell(study, [...place, "mean"], scale), ...levels.map((level) => {
          const index = cause.tail.findIndex((one) => one.level === level);
          return index < 0 ? text("–") : partCell(study, [...place, "tail", index], scale);
        })];
      }),
    })),
  };
}
