// The answer in cards: the verdict on each strategy, as the results tell it, what it costs, its limits.

import { el, type Child } from "./dom.ts";
import { lineSwatch } from "./figure.ts";
import { estimate, halfWidth, plainPercent, unbroken, withError, withInterval, worst } from "./format.ts";
import type { Limit } from "./results.ts";
import type { Strategy, Study } from "./study.ts";

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
  if (shortfall)
    rows.push([`Expected shortfall ${plainPercent(shortfall.level)} (mean of the ${worst(shortfall.level)})`,
      `${withError(shortfall.value, halfWidth(shortfall), scale)} ${study.unit(scale)}`]);
  return rows;
}

/** The first clause of the sentence on cost stands out. */
function headline(text: string): HTMLElement {
  const end = text.indexOf("; ");
  return el("p", { class: "headline" }, el("strong", {}, end < 0 ? text : text.slice(0, end)), end < 0 ? null : text.slice(end + 2));
}

function card(study: Study, strategy: Strategy): HTMLElement {
  const comparison = study.comparison(strategy.name)?.comparison;
  const holder = strategy.result.held_by;
  const told = comparison ? comparison.verdict ?? [] : holder ? [{ label: "Held by", text: holder }] : [];
  const cost = told.find(({ label }) => label === "Cost");
  const rows: [string, Child][] = [...told.filter((one) => one !== cost).map(({ label, text }): [string, Child] => [label, unbroken(text)]),
    ...alone(study, strategy)];
  const own = limits(study, strategy);
  if (own) rows.push(["Limits", own]);
  return el("article", { class: "card" },
    el("h3", {}, lineSwatch(strategy.colour, strategy.dash), comparison ? `${strategy.name} against ${comparison.reference}` : strategy.name),
    cost ? headline(unbroken(cost.text)) : strategy.name === study.reference ? el("p", { class: "headline" }, "the reference of the comparison") : null,
    el("dl", {}, rows.map(([term, said]) => el("div", {}, el("dt", {}, term), el("dd", {}, said)))),
    !comparison || comparison.verdict ? null : el("p", { class: "note" }, "These results are of a version that did not write its verdict into them: run the config again to have it."),
    (strategy.result.diagnostics ?? []).map((one) => el("p", { class: "note" }, `Note: ${one.message}.`)));
}

export function verdict(study: Study): HTMLElement {
  return el("section", { id: "verdict", "aria-labelledby": "answer" },
    el("h2", { id: "answer" }, "The answer"),
    study.several ? el("p", { class: "reading" }, "Strategies are compared on the same paths, so that a difference is known far better than either cost.") : null,
    el("div", { class: "cards" }, study.strategies.map((strategy) => card(study, strategy))));
}
