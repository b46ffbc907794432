// Two kinds of not knowing: the error of so few paths, and what the logs behind the inputs leave open.

import type { Chart, Panel } from "../figure.ts";
import { boxSwatch } from "../figure.ts";
import { halfWidth, list, number, percentScale, plainPercent, withError, worst } from "../format.ts";
import type { OpenNumber } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { cell, estimateCell, rowHead, text, type Table } from "../table.ts";
import { bars, type Bar } from "./bars.ts";

const colours = { paths: "var(--muted, #8a8f98)", logs: "#c4561d" };

/** "total_cost.p99.5" in words, and the standard error that the paths give it, with its place if it has one. */
function of(strategy: Strategy, { output }: OpenNumber): { row: string; error: number | null; place: (string | number)[] | null } {
  const cost = strategy.result.measures.total_cost, key = output.slice("total_cost.".length);
  const at = (all: { level: number }[], level: number) => all.findIndex((one) => Math.abs(one.level - level) < 1e-9);
  if (key.startsWith("es_")) {
    const i = at(cost.expected_shortfall, Number(key.slice(3)) / 100);
    return { row: `mean of the ${worst(Number(key.slice(3)) / 100)}`, error: cost.expected_shortfall[i]?.se ?? null, place: i < 0 ? null : ["expected_shortfall", i, "se"] };
  }
  if (key.startsWith("p")) {
    const level = Number(key.slice(1)) / 100, ci = cost.percentiles[at(cost.percentiles, level)]?.ci;
    return { row: `${plainPercent(level)} of paths below`, error: ci?.[0] != null && ci[1] != null ? (ci[1] - ci[0]) / 3.92 : null, place: null };
  }
  return { row: "mean", error: cost.mean.se, place: ["mean", "se"] };
}

function panel(study: Study, strategy: Strategy): Panel {
  const open = strategy.result.parameter_uncertainty!, scale = study.costScale();
  const all = open.numbers.map((one) => ({ sd: one.sd, ...of(strategy, one) }));
  const shown: Bar[] = all.flatMap(({ row, error, sd }) => [
    { row, value: error ?? 0, se: null, colour: colours.paths, name: "so few paths" },
    { row, value: sd ?? 0, se: null, colour: colours.logs, name: "the logs" }]);
  return {
    title: strategy.name, strategy,
    note: `${withError(open.variance_share.value, halfWidth(open.variance_share), percentScale)} % of the variance of the total cost`,
    says: `Standard errors of the total cost of ${strategy.name}. ` + all.map(({ row, error, sd }) =>
      `${row}: ${error == null ? "unknown" : number(error / scale.unit, 2)} by few paths, ${sd == null ? "unknown" : number(sd / scale.unit, 2)} by the logs`).join("; "),
    draw: (width) => bars(width, all.map(({ row }) => row), shown, scale, `Standard error [${study.unit(scale)}] →`, study.unit(scale)),
  };
}

function table(study: Study, strategy: Strategy): Table {
  const scale = study.costScale(), here = ["strategies", strategy.name], open = strategy.result.parameter_uncertainty!;
  const shown = (value: number) => number(value / scale.unit, 3);
  return {
    caption: `What is not known of the total cost of ${strategy.name}, as standard errors [${study.unit(scale)}]`,
    head: ["Number", "By so few paths", "By what the logs leave open"],
    rows: [
      ...open.numbers.map((one, i) => {
        const { row, error, place } = of(strategy, one);
        return [rowHead(row), place ? cell(study, [...here, "measures", "total_cost", ...place], shown) : text(error == null ? "unknown" : shown(error)),
          cell(study, [...here, "parameter_uncertainty", "numbers", i, "sd"], shown)];
      }),
      [rowHead("part of the variance [%]"), text(""), estimateCell(study, [...here, "parameter_uncertainty", "variance_share"], percentScale)],
    ],
  };
}

export function uncertainty(study: Study): Chart | null {
  const split = study.strategies.filter((strategy) => strategy.result.parameter_uncertainty);
  if (!split.length) return null;
  return {
    id: "uncertainty",
    finding: `Not chance, but left open by the logs behind the inputs: ${list(split.map((strategy) => {
      const share = strategy.result.parameter_uncertainty!.variance_share;
      return `${withError(share.value, halfWidth(share), percentScale)} % of the variance with ${strategy.name}`;
    }))}`,
    reading: "Each number is uncertain in two ways. More paths shorten the grey bar. The other one is what fitted rates and durations leave open: only a longer log shortens that. Where a bar is missing it is not known.",
    legend: [{ label: "error of so few paths", swatch: boxSwatch(colours.paths, 0.75) }, { label: "left open by the logs", swatch: boxSwatch(colours.logs, 0.75) }],
    panels: (shown) => shown.filter((strategy) => strategy.result.parameter_uncertainty).map((strategy) => panel(study, strategy)),
    tables: () => split.map((strategy) => table(study, strategy)),
  };
}
