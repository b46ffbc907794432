// Why a strategy differs from the reference: the deal in steps, and the discount at which it would not pay.

import type { Chart, Panel } from "../figure.ts";
import { capital, count, estimate, plainPercent, scaleOf, words, withError, halfWidth } from "../format.ts";
import type { Comparison, Estimate, Waterfall } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { cell, estimateCell, rowHead, text, type Table } from "../table.ts";
import { bars, type Bar } from "./bars.ts";

type Kind = "shapley" | "increment";
interface Deal { comparison: Comparison; index: number; deal: Waterfall; strategy: Strategy }

function deals(study: Study): Deal[] {
  return (study.results.comparisons ?? []).flatMap((comparison, index) => {
    const strategy = study.strategies.find((one) => one.name === comparison.strategy);
    return comparison.waterfall && strategy ? [{ comparison, index, deal: comparison.waterfall, strategy }] : [];
  });
}

// The same words as in the verdict.
const rest = "bills at the same discount", together = "difference";
const features: Record<string, string> = {
  discount: "discounts", leverage: "leverage at renewals", outage: "outages", severance: "severance", price: "price risk",
};
const kinds: Record<string, string> = { hedge: "a hedge", leverage: "leverage", discount: "a discount" };
const named = (names: Record<string, string>, key: string) => names[key] ?? words(key);

function steps({ deal, comparison }: Deal, kind: Kind): Bar[] {
  let from = 0;
  const bar = (row: string, of: Estimate): Bar => {
    const value = of.value ?? 0, start = from;
    from += value;
    return { row, value, se: of.se, colour: value < 0 ? "var(--better)" : "var(--worse)", name: comparison.strategy, from: start };
  };
  return [bar(rest, deal.rest), ...deal.steps.map((step) => bar(named(features, step.feature), step[kind])),
    { row: together, value: deal.difference.value ?? 0, se: deal.difference.se, colour: "var(--muted)", name: comparison.strategy }];
}

function panel(study: Study, one: Deal, kind: Kind): Panel {
  const all = steps(one, kind);
  const scale = scaleOf(all.map((bar) => bar.value));
  return {
    title: `${one.comparison.strategy} against ${one.comparison.reference}`,
    strategy: one.strategy,
    says: `Steps in ${study.unit(scale)}: ` + all.map((bar) => `${bar.row} ${withError(bar.value, halfWidth(bar), scale)}`).join("; "),
    note: `On ${count(one.deal.paths)} of the paths: ${estimate(one.deal.difference, scale)} ${study.unit(scale)}`,
    draw: (width) => bars(width, all.map((bar) => bar.row), all, scale, `← saves · costs [${study.unit(scale)}] →`, study.unit(scale)),
  };
}

function tables(study: Study): Table[] {
  return deals(study).flatMap(({ comparison, index, deal }): Table[] => {
    const scale = scaleOf(deal.steps.map((step) => step.shapley.value));
    const place = ["comparisons", index, "waterfall"];
    const both = (name: string, path: (string | number)[]) => [rowHead(name), estimateCell(study, path, scale), estimateCell(study, path, scale)];
    const evens = comparison.break_even_discount ?? [];
    const deals: Table = {
      caption: `${comparison.strategy} less ${comparison.reference} [${study.unit(scale)}]; below 0 is cheaper; on ${count(deal.paths)} paths`,
      head: ["Step", "Its fair share (Shapley)", "Added in this order"],
      rows: [
        both(rest, [...place, "rest"]),
        ...deal.steps.map((step, i) => [rowHead(named(features, step.feature)), estimateCell(study, [...place, "steps", i, "shapley"], scale), estimateCell(study, [...place, "steps", i, "increment"], scale)]),
        both(together, [...place, "difference"]),
      ],
    };
    const prices: Table = {
      caption: `Discounts at which ${comparison.strategy} costs what ${comparison.reference} does`,
      head: ["Provider", "Discount now", "Break-even discount", "Verdict"],
      rows: evens.map((at, i) => {
        const here = ["comparisons", index, "break_even_discount", i];
        return [rowHead(at.provider), cell(study, [...here, "discount"], plainPercent), at.break_even ? estimateCell(study, [...here, "break_even"], { unit: 0.01, name: "%" }) : text("–"), text(words(at.verdict))];
      }),
    };
    const most: Table = {
      caption: `What ${comparison.strategy} is above all: what each kind adds [${study.unit(scale)}], and how far it is behind the largest saving`,
      head: ["Kind", "Added (Shapley)", "Behind the largest"],
      rows: (deal.kinds ?? []).map(({ kind }, i) =>
        [rowHead(named(kinds, kind)), estimateCell(study, [...place, "kinds", i, "shapley"], scale), estimateCell(study, [...place, "kinds", i, "behind"], scale)]),
    };
    return [deals, most, prices].filter(({ rows }) => rows.length);
  });
}

function finding(all: Deal[], study: Study): string {
  const told = all.slice(0, 2).map(({ comparison: { strategy, reference }, deal }) => {
    const most = deal.above_all;
    if (!most) return `why ${strategy} differs from ${reference}`; // of an older version
    if (!most.length) return `nothing in the deal is told to save with ${strategy}`;
    const is = `${strategy} is above all ${most.map((kind) => named(kinds, kind)).join(" or ")}`;
    const saved = deal.kinds?.find(({ kind }) => kind === most[0])?.shapley;
    if (most.length > 1 || saved?.value == null) return `${is}: these paths do not tell which`;
    const scale = scaleOf([saved.value]);
    return `${is}, which saves ${estimate({ value: -saved.value, se: saved.se }, scale)} ${study.unit(scale)}`;
  });
  return capital(told.join("; "));
}

export function waterfall(study: Study): Chart | null {
  const all = deals(study);
  if (!all.length) return null;
  return {
    id: "waterfall",
    finding: finding(all, study),
    reading: "From the reference to the strategy, step by step: each bar begins where the last one ended; green saves, red costs, thin lines are 95 % intervals. "
      + "The fair share gives each feature its average over all orders in which they could be added.",
    views: [{ key: "shapley", label: "Fair share (Shapley)" }, { key: "increment", label: "Added in this order" }],
    columns: 2,
    panels: (shown, view) => all.filter((one) => shown.includes(one.strategy)).map((one) => panel(study, one, view as Kind)),
    tables: () => tables(study),
  };
}
