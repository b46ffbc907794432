// How vendors drift: the probability of each regime at each year's end, by provider; and how scarce capacity is.

import * as Plot from "@observablehq/plot";
import { plot } from "../draw.ts";
import { boxSwatch, type Chart, type Panel } from "../figure.ts";
import { percent, percentScale, plainPercent, words } from "../format.ts";
import type { Estimate, Provider, RegimeYear } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { estimateCell, rowHead, type Table } from "../table.ts";

const order = ["aligned", "strained", "rival", "severed"];

const told = (strategy: Strategy) =>
  Object.entries(strategy.result.providers ?? {}).filter(([, of]) => of.regime_by_year?.length) as [string, Provider][];

const regimesOf = (years: RegimeYear[]) => Object.keys(years[0].probability).sort((a, b) => order.indexOf(a) - order.indexOf(b));

function panel(strategy: Strategy, provider: string, years: RegimeYear[]): Panel {
  const regimes = regimesOf(years);
  const all = years.flatMap((year) => regimes.map((regime) => ({ year: year.year, regime, p: year.probability[regime].value ?? 0, of: year.probability[regime] })));
  const last = years[years.length - 1];
  return {
    title: provider,
    says: `Regimes of ${provider} under ${strategy.name} at the end of year ${last.year}: ` + regimes.map((regime) => `${words(regime)} ${percent(last.probability[regime])}`).join(", "),
    note: `at the end: ${regimes.map((regime) => `${words(regime)} ${percent(last.probability[regime])}`).join(", ")}`,
    draw: (width) => plot(width, {
      height: 210, marginLeft: 46, marginRight: 6, marginBottom: 36,
      x: { type: "band", padding: 0.06, label: "End of year →", tickSize: 0 },
      y: { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: (d: number) => plainPercent(d), grid: true, label: null },
      color: { type: "identity" },
      marks: [
        Plot.barY(all, Plot.stackY({ x: "year", y: "p", order: "z", z: (d: { regime: string }) => `${9 - order.indexOf(d.regime)}`, fill: (d: { regime: string }) => `var(--${order.includes(d.regime) ? d.regime : "muted"})`, stroke: "var(--paper)", strokeWidth: 0.8 })),
        Plot.tip(all, Plot.pointer(Plot.stackY({ x: "year", y: "p", order: "z", z: (d: { regime: string }) => `${9 - order.indexOf(d.regime)}`, title: (d: { regime: string; of: Estimate; year: number }) => `${provider}, year ${d.year}\n${words(d.regime)} ${percent(d.of)}` }))),
      ],
    }),
  };
}

export function regimes(study: Study): Chart | null {
  const strategies = study.strategies.filter((strategy) => told(strategy).length);
  if (!strategies.length) return null;
  // Vendors mostly drift alike whatever the strategy: then one picture is enough.
  const text = (strategy: Strategy) => JSON.stringify(told(strategy).map(([name, of]) => [name, of.regime_by_year]));
  const alike = strategies.every((strategy) => text(strategy) === text(strategies[0]));
  const views = alike ? [strategies[0]] : strategies;
  const ends = views.flatMap((strategy) => told(strategy).map(([name, of]) => ({ name, of: of.severed_by_horizon, strategy })));
  const most = ends.reduce((a, b) => ((b.of?.value ?? 0) > (a.of?.value ?? 0) ? b : a));
  return {
    id: "regimes",
    finding: `${most.name} is the most likely to break off: severed in ${percent(most.of)} of the paths by the end`,
    reading: "Of all paths, the part in which a provider is aligned with us, strained, a rival, or has severed, at the end of each year. From below: severed, rival, strained, aligned."
      + (alike && strategies.length > 1 ? " The same under every strategy." : ""),
    legend: order.map((regime) => ({ label: regime, swatch: boxSwatch(`var(--${regime})`) })),
    views: views.map((strategy) => ({ key: strategy.name, label: strategy.name })),
    columns: told(strategies[0]).length % 3 === 0 ? 3 : 2,
    panels: (_, view) => views.filter((strategy) => strategy.name === view).flatMap((strategy) => told(strategy).map(([name, of]) => panel(strategy, name, of.regime_by_year))),
    tables: () => views.flatMap((strategy) => told(strategy).map(([name, of]): Table => {
      const keys = regimesOf(of.regime_by_year);
      return {
        caption: `Regimes of ${name} by year's end under ${alike && strategies.length > 1 ? "every strategy" : strategy.name} [%]`,
        head: ["Year", ...keys.map(words)],
        rows: of.regime_by_year.map((year, i) => [rowHead(String(year.year)), ...keys.map((regime) =>
          estimateCell(study, ["strategies", strategy.name, "providers", name, "regime_by_year", i, "probability", regime], percentScale))]),
      };
    })),
  };
}

export function market(study: Study): Chart | null {
  const years = (study.results.market?.scarcity ?? []).filter((year) => year.probability.value != null);
  if (!years.length || years.every((year) => year.probability.value === 0)) return null;
  const last = years[years.length - 1], half = (of: Estimate) => 1.96 * (of.se ?? 0);
  return {
    id: "market",
    finding: `At the end of year ${last.year} capacity is scarce in ${percent(last.probability)} of the paths`,
    reading: "When capacity is scarce, leaving takes longer and signing costs more. The same for all strategies; thin lines are 95 % intervals.",
    panels: () => [{
      says: `Probability that capacity is scarce: ${years.map((year) => `year ${year.year} ${percent(year.probability)}`).join(", ")}`,
      draw: (width) => plot(width, {
        height: 220, marginLeft: 52, marginBottom: 36,
        x: { type: "point", label: "End of year →" },
        y: { domain: [0, Math.min(1, 1.25 * Math.max(...years.map((year) => year.probability.value!)))], grid: true, ticks: 5, tickFormat: (d: number) => plainPercent(d), label: "↑ Scarce" },
        marks: [
          Plot.line(years, { x: "year", y: (d) => d.probability.value, stroke: "var(--accent)", strokeWidth: 2 }),
          Plot.ruleX(years, { x: "year", y1: (d) => d.probability.value - half(d.probability), y2: (d) => d.probability.value + half(d.probability), stroke: "currentColor", strokeWidth: 1.4 }),
          Plot.dot(years, { x: "year", y: (d) => d.probability.value, fill: "var(--accent)", r: 3.5 }),
          Plot.tip(years, Plot.pointerX({ x: "year", y: (d) => d.probability.value, title: (d) => `year ${d.year}: ${percent(d.probability)}` })),
        ],
      }),
    }],
    tables: () => [{
      caption: "Probability that capacity is scarce at each year's end [%]",
      head: ["Year", "Scarce"],
      rows: study.results.market!.scarcity!.map((year, i) => [rowHead(String(year.year)), estimateCell(study, ["market", "scarcity", i, "probability"], percentScale)]),
    }],
  };
}
