// The answer in cards: what each strategy costs or saves, what it does to the tail, who holds it, its limits.

import { el, type Child } from "./dom.ts";
import { lineSwatch } from "./figure.ts";
import { capital, estimate, halfWidth, list, percent, plainPercent, scaleFor, scaleOf, withError, withInterval, words, worst } from "./format.ts";
import type { Comparison, Limit } from "./results.ts";
import { toldFromZero, type Strategy, type Study } from "./study.ts";

const smallestPart = 0.01; // parts of a difference below this part of it are left to the chart

/** "saves 5.32 ± 0.05 B USD", or that nothing can be told. */
function cost(study: Study, comparison: Comparison): { figure: string; rest: string } {
  const { mean } = comparison;
  const scale = scaleOf([mean.value]);
  const unit = study.unit(scale);
  if (mean.value == null || !toldFromZero(mean))
    return { figure: "no difference", rest: `in the mean can be told (${estimate(mean, scale)} ${unit})` };
  const base = study.results.strategies[comparison.reference]?.measures.total_cost?.mean.value ?? 0;
  const part = base > 0 ? ` (${plainPercent(Math.abs(mean.value) / base)})` : "";
  return {
    figure: `${mean.value < 0 ? "saves" : "costs"} ${withError(Math.abs(mean.value), halfWidth(mean), scale)} ${unit}`,
    rest: `${mean.value < 0 ? "" : "more "}in the mean against ${comparison.reference}${part}`,
  };
}

function tail(study: Study, comparison: Comparison, level: number): string {
  const at = comparison.expected_shortfall[level];
  if (!at || at.value == null) return "not known";
  const scale = scaleOf([at.value]);
  if (!toldFromZero(at)) return `no difference can be told (${withError(at.value, halfWidth(at), scale)} ${study.unit(scale)})`;
  return `${withError(Math.abs(at.value), halfWidth(at), scale)} ${study.unit(scale)} ${at.value < 0 ? "less" : "more"}`;
}

function trade(study: Study, comparison: Comparison, level: number): string | null {
  const hedge = comparison.hedge?.[level];
  switch (hedge?.trade) {
    case "cheaper_and_safer": return "cheaper and safer";
    case "hedge": return `a hedge: ${estimate(hedge.efficiency)} ${study.currency} of tail removed for each ${study.currency} it costs`;
    case "gamble": return "cheaper, but riskier";
    case "dearer_and_riskier": return "dearer and riskier";
    default: return null;
  }
}

const features: Record<string, string> = {
  discount: "discounts", leverage: "leverage at renewals", outage: "outages", severance: "severance", price: "price risk",
};

/** What saves and what costs, by its Shapley value, the largest first. */
function why(study: Study, comparison: Comparison): string | null {
  const deal = comparison.waterfall;
  if (!deal || comparison.mean.value == null) return null;
  const scale = scaleOf([comparison.mean.value]);
  const parts = deal.steps.map((step) => ({ word: features[step.feature] ?? words(step.feature), of: step.shapley }));
  parts.push({ word: "bills at the same discount", of: deal.rest });
  const told = parts
    .filter(({ of }) => toldFromZero(of) && Math.abs(of.value!) >= smallestPart * Math.abs(comparison.mean.value!))
    .sort((a, b) => Math.abs(b.of.value!) - Math.abs(a.of.value!));
  const say = (saves: boolean) => list(told.filter(({ of }) => of.value! < 0 === saves)
    .map(({ word, of }) => `${word} ${withError(Math.abs(of.value!), halfWidth(of), scale)}`));
  const sides = [say(true) && `saves by ${say(true)}`, say(false) && `costs by ${say(false)}`].filter(Boolean);
  return sides.length ? `${sides.join("; ")} ${study.unit(scale)}` : null;
}

/** The provider that most of the tail hangs on. */
function heldBy(study: Study, strategy: Strategy): string | null {
  const level = study.tailIndex(strategy);
  const shares = Object.entries(strategy.result.attribution?.providers ?? {});
  if (level == null || !shares.length) return null;
  const positive = shares.map(([name, of]) => ({ name, tail: Math.max(0, of.tail[level]?.value ?? 0), spend: of.spend.value ?? 0 }));
  const sum = positive.reduce((all, one) => all + one.tail, 0);
  const bills = positive.reduce((all, one) => all + one.spend, 0);
  if (!(sum > 0)) return null;
  const most = positive.reduce((a, b) => (b.tail > a.tail ? b : a));
  const risk = strategy.result.concentration?.risk[level];
  const vendors = risk?.effective_vendors ? `; as if ${estimate(risk.effective_vendors)} vendors of one size` : "";
  return `${most.name}, with ${plainPercent(most.tail / sum)} of the ${worst(risk!.level)}` +
    (bills > 0 ? ` and ${plainPercent(most.spend / bills)} of the bills` : "") + vendors;
}

const signs: Record<Limit["verdict"], string> = { kept: "✓", breached: "✗", undecided: "?" };

export const badge = (verdict: Limit["verdict"]) =>
  el("span", { class: `badge ${verdict in signs ? verdict : "undecided"}` }, `${signs[verdict] ?? "?"} ${verdict}`);

function limits(study: Study, strategy: Strategy): Child {
  const own = (study.results.limits ?? []).filter((limit) => limit.strategy === strategy.name);
  return own.length ? el("ul", { class: "limits" }, own.map((limit) => el("li", {}, badge(limit.verdict), " ", limit.name))) : null;
}

/** What the strategy costs by itself. */
function alone(study: Study, strategy: Strategy): [string, Child][] {
  const cost = strategy.result.measures.total_cost;
  if (!cost) return [];
  const scale = study.costScale();
  const level = study.tailIndex(strategy) ?? cost.expected_shortfall.length - 1;
  const rare = cost.percentiles.find((at) => Math.abs(at.level - 0.99) < 1e-9);
  const shortfall = cost.expected_shortfall[level];
  const rows: [string, Child][] = [["Total cost, mean", `${estimate(cost.mean, scale)} ${study.unit(scale)}`]];
  if (rare) rows.push(["1 in 100 above", `${withInterval(rare.value, rare.ci, scale)} ${study.unit(scale)}`]);
  if (shortfall) rows.push([`Mean of the ${worst(shortfall.level)}`, `${withError(shortfall.value, halfWidth(shortfall), scale)} ${study.unit(scale)}`]);
  return rows;
}

function card(study: Study, strategy: Strategy): HTMLElement {
  const found = study.comparison(strategy.name);
  const level = study.tailIndex(strategy) ?? 0;
  const rows = alone(study, strategy);
  let figure: string, rest: string;
  if (found) {
    ({ figure, rest } = cost(study, found.comparison));
    const at = found.comparison.expected_shortfall[level];
    const kind = trade(study, found.comparison, level);
    if (at) rows.push([`In the ${worst(at.level)}`, tail(study, found.comparison, level) + (kind ? `: ${kind}` : "")]);
    rows.push(["Cheaper in", `${percent(found.comparison.probability_cheaper)} of the futures`]);
    const reason = why(study, found.comparison);
    if (reason) rows.push(["Why", reason]);
  } else {
    const mean = strategy.result.measures.total_cost?.mean;
    const scale = scaleFor(mean?.value ?? 0);
    figure = `costs ${estimate(mean, scale)} ${study.unit(scale)}`;
    rest = strategy.name === study.reference ? "in the mean; the reference of the comparison" : "in the mean";
    rows.shift();
  }
  const holder = heldBy(study, strategy);
  if (holder) rows.push(["Held by", holder]);
  const own = limits(study, strategy);
  if (own) rows.push(["Limits", own]);
  return el("article", { class: "card" },
    el("h3", {}, lineSwatch(strategy.colour, strategy.dash), strategy.name),
    el("p", { class: "headline" }, el("strong", {}, capital(figure)), " ", rest),
    el("dl", {}, rows.map(([term, said]) => el("div", {}, el("dt", {}, term), el("dd", {}, said)))),
    (strategy.result.diagnostics ?? []).map((one) => el("p", { class: "note" }, `Note: ${one.message}.`)));
}

export function verdict(study: Study): HTMLElement {
  return el("section", { id: "verdict", "aria-labelledby": "answer" },
    el("h2", { id: "answer" }, "The answer"),
    study.several ? el("p", { class: "reading" }, "Strategies are compared on the same futures, so that a difference is known far better than either cost.") : null,
    el("div", { class: "cards" }, study.strategies.map((strategy) => card(study, strategy))));
}
