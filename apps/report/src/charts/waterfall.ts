// Why a strategy differs from the reference: the deal in steps, and the discount at which it would not pay.

import { el } from "../dom.ts";
import type { Chart, Panel } from "../figure.ts";
import { count, estimate, percent, plainPercent, scaleOf, words, withError, halfWidth } from "../format.ts";
import type { BreakEven, Comparison, Estimate, Waterfall } from "../results.ts";
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

const rest = "bills, same discount", together = "difference";

function steps({ deal, comparison }: Deal, kind: Kind): Bar[] {
  let from = 0;
  const bar = (row: string, of: Estimate): Bar => {
    const value = of.value ?? 0, start = from;
    from += value;
    return { row, value, se: of.se, colour: value < 0 ? "var(--better)" : "var(--worse)", name: comparison.strategy, from: start };
  };
  return [bar(rest, deal.rest), ...deal.steps.map((step) => bar(words(step.feature), step[kind])),
    { row: together, value: deal.difference.value ?? 0, se: deal.difference.se, colour: "var(--muted)", name: comparison.strategy }];
}

function panel(study: Study, one: Deal, kind: Kind): Panel {
  const all = steps(one, kind);
  const scale = scaleOf(all.map((bar) => bar.value));
  return {
    title: `${one.comparison.strategy} against ${one.comparison.reference}`,
    strategy: one.strategy,
    says: `Steps in ${study.unit(scale)}: ` + all.map((bar) => `${bar.row} ${withError(bar.value, halfWidth(bar), scale)}`).join("; "),
    note: `On ${count(one.deal.paths)} of the futures: ${estimate(one.deal.difference, scale)} ${study.unit(scale)}`,
    draw: (width) => bars(width, all.map((bar) => bar.row), all, scale, `← saves · costs [${study.unit(scale)}] →`, study.unit(scale)),
  };
}

function pays(at: BreakEven): string {
  const now = plainPercent(at.discount);
  if (at.verdict === "dearer_even_if_free") return `${at.provider} would not pay off even for free`;
  if (at.verdict === "cheaper_at_any_price") return `${at.provider} pays off at any price`;
  if (at.break_even?.value != null && at.break_even.value < 0)
    return `${at.provider} pays off up to ${percent({ value: -at.break_even.value, se: at.break_even.se })} above list (it gives ${now} off)`;
  return `${at.provider} pays off from ${percent(at.break_even)} off list (it gives ${now})`;
}

function tables(study: Study): Table[] {
  return deals(study).flatMap(({ comparison, index, deal }): Table[] => {
    const scale = scaleOf(deal.steps.map((step) => step.shapley.value));
    const place = ["comparisons", index, "waterfall"];
    const both = (name: string, path: (string | number)[]) => [rowHead(name), estimateCell(study, path, scale), estimateCell(study, path, scale)];
    const evens = comparison.break_even_discount ?? [];
    const deals: Table = {
      caption: `${comparison.strategy} less ${comparison.reference} [${study.unit(scale)}]; below 0 is cheaper; on ${count(deal.paths)} futures`,
      head: ["Step", "Its fair share (Shapley)", "Added in this order"],
      rows: [
        both(rest, [...place, "rest"]),
        ...deal.steps.map((step, i) => [rowHead(words(step.feature)), estimateCell(study, [...place, "steps", i, "shapley"], scale), estimateCell(study, [...place, "steps", i, "increment"], scale)]),
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
    return evens.length ? [deals, prices] : [deals];
  });
}

function finding(all: Deal[], study: Study): string {
  const told = all.slice(0, 2).map((one) => {
    const most = one.deal.steps.reduce((a, b) => ((b.shapley.value ?? 0) < (a.shapley.value ?? 0) ? b : a));
    if (!((most.shapley.value ?? 0) < 0)) return `nothing in the deal saves with ${one.comparison.strategy}`;
    const scale = scaleOf([most.shapley.value]);
    const of = { value: -most.shapley.value!, se: most.shapley.se };
    return `${one.comparison.strategy} saves most by ${words(most.feature)}, ${estimate(of, scale)} ${study.unit(scale)}`;
  });
  return told.join("; ");
}

export function waterfall(study: Study): Chart | null {
  const all = deals(study);
  if (!all.length) return null;
  const evens = all.flatMap(({ comparison }) => (comparison.break_even_discount ?? []).map((at) => `${comparison.strategy}: ${pays(at)}.`));
  return {
    id: "waterfall",
    finding: finding(all, study),
    reading: "From the reference to the strategy, step by step: each bar begins where the last one ended; green saves, red costs, thin lines are 95 % intervals. "
      + "The fair share gives each feature its average over all orders in which they could be added.",
    views: [{ key: "shapley", label: "Fair share (Shapley)" }, { key: "increment", label: "Added in this order" }],
    columns: 2,
    panels: (shown, view) => all.filter((one) => shown.includes(one.strategy)).map((one) => panel(study, one, view as Kind)),
    tables: () => tables(study),
    after: evens.length ? el("ul", { class: "reading" }, evens.map((said) => el("li", {}, said))) : null,
  };
}
