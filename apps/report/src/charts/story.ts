// One bad path as it happened: the events of the replayed tail path, and what its neighbours share.

import * as Plot from "@observablehq/plot";
import { el } from "../dom.ts";
import { cut, plot, ticksFor } from "../draw.ts";
import type { Chart, Panel } from "../figure.ts";
import { calendar, count, number, oneIn, plainPercent, scaleOf, tick, words } from "../format.ts";
import type { StoryEvent, StoryOfStrategy } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { cell, plainCell, rowHead, text, type Table } from "../table.ts";

const of = (strategy: Strategy): StoryOfStrategy | null => (strategy.result.story?.story ? strategy.result.story : null);
const short = (value: number, unit: number) => number(value / unit, Math.abs(value / unit) >= 100 ? 0 : Math.abs(value / unit) >= 1 ? 1 : 3);

/** What a cause means at a provider, as the terminal says it. */
function causeAt(cause: string, provider: string | null | undefined): string {
  const who = provider ?? "all";
  switch (cause) {
    case "commercial": return `prices and contracts at ${who}`;
    case "region_outage": return `outages of regions at ${who}`;
    case "provider_outage": return `outages of all of ${who}`;
    case "shared_outage": return `outages of what is shared, at ${who}`;
    case "industry_frailty": return `bad years of the whole industry, at ${who}`;
    case "divergence": return `${who} turning away`;
    case "contagion": return `${who} turning away because others have`;
    default: return `${words(cause)} at ${who}`;
  }
}

/** The events that tell the story: the largest, most first. */
const largest = (events: StoryEvent[], most: number) => [...events].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount)).slice(0, most);

function panel(study: Study, strategy: Strategy): Panel {
  const { story, level } = of(strategy)!;
  const events = story!.events;
  const scale = scaleOf(events.map((event) => event.amount));
  const { start, months } = study.results.horizon;
  const told = largest(events, 5).sort((a, b) => a.from - b.from);
  const when = (event: StoryEvent) => calendar(start, 12 * event.from);
  return {
    title: `${strategy.name}: path ${count(story!.path)}`,
    strategy,
    says: `The ${oneIn(1 - level)} path of ${strategy.name}. ` + told.map((event) => `${when(event)}: ${event.words}, ${short(event.amount, scale.unit)} ${study.unit(scale)}`).join("; "),
    note: `Its plan ${short(story!.plan, scale.unit)}, and with everything that happened ${short(story!.total, scale.unit)} ${study.unit(scale)}. One path, so there is no error: ` +
      told.map((event, i) => `(${i + 1}) ${when(event)} ${event.words}, ${short(event.amount, scale.unit)}`).join("; ") + ".",
    draw: (width) => {
      const top = Math.max(0, ...events.map((event) => event.amount)), bottom = Math.min(0, ...events.map((event) => event.amount));
      return plot(width, {
        height: 300, marginLeft: 48, marginRight: 24,
        x: { domain: [0, months / 12], label: null, ticks: ticksFor(width, 80), tickFormat: (d: number) => calendar(start, 12 * d), inset: 8 },
        y: { domain: [bottom, top * 1.12 || 1], grid: true, label: `↑ Cost against plan [${study.unit(scale)}]`, tickFormat: (d: number) => tick(d, scale), ticks: 6 },
        marks: [
          Plot.ruleY([0], { stroke: "currentColor" }),
          Plot.ruleX(events, { x: "from", y: "amount", stroke: strategy.colour, strokeWidth: 1.6 }),
          Plot.dot(events, { x: "from", y: "amount", fill: (d: StoryEvent) => (d.amount < 0 ? "var(--paper)" : strategy.colour), stroke: strategy.colour, r: (d: StoryEvent) => (told.includes(d) ? 5 : 2.5) }),
          told.map((event, i) => Plot.text([event], {
            x: "from", y: "amount", dy: -12, fill: "currentColor", fontWeight: 600,
            text: () => `(${i + 1})${width > 560 && Math.abs(event.amount) > 0.25 * top ? ` ${cut(event.words, 0.45 * width)}` : ""}`,
            textAnchor: width > 560 && event.from > months / 24 ? "end" : "start", dx: width > 560 && event.from > months / 24 ? 8 : -8,
          })),
          Plot.tip(events, Plot.pointer({
            x: "from", y: "amount", lineWidth: 26, title: (d: StoryEvent) => `${when(d)}: ${d.words}\n${short(d.amount, scale.unit)} ${study.unit(scale)}`,
          })),
        ],
        color: { type: "identity" }, r: { type: "identity" },
      });
    },
  };
}

function tables(study: Study): Table[] {
  return study.strategies.filter(of).flatMap((strategy): Table[] => {
    const { story, around } = of(strategy)!;
    const scale = study.costScale();
    const place = ["strategies", strategy.name, "story"];
    const { start } = study.results.horizon;
    const path: Table = {
      caption: `Everything that happened to ${strategy.name} on path ${story!.path} [${study.unit(scale)}, present values]`,
      head: ["From", "Until", "What", "Cost against plan"],
      rows: [
        [rowHead("plan"), text(""), text(""), plainCell(study, [...place, "story", "plan"], scale, 3)],
        ...story!.events.map((event, i) => [
          rowHead(calendar(start, 12 * event.from)), text(calendar(start, 12 * event.until)), text(event.words), plainCell(study, [...place, "story", "events", i, "amount"], scale, 6),
        ]),
        [rowHead("total"), text(""), text(""), plainCell(study, [...place, "story", "total"], scale, 3)],
      ],
    };
    if (!around) return [path];
    return [path, {
      caption: `${strategy.name}: what the ${around.paths} paths of about this cost owe ${plainPercent(around.matters_from)} or more of their loss to [${study.unit(scale)}]`,
      head: ["Cause", "Provider", "Share of these paths", "Cost on average"],
      rows: around.causes.map((cause, i) => [
        rowHead(words(cause.cause)), text(cause.provider ?? ""), cell(study, [...place, "around", "causes", i, "fraction"], plainPercent),
        plainCell(study, [...place, "around", "causes", i, "mean_amount"], scale, 3),
      ]),
    }];
  });
}

export function story(study: Study): Chart | null {
  const told = study.strategies.filter(of);
  if (!told.length) return null;
  const scales = told.map((strategy) => ({ strategy, most: largest(of(strategy)!.story!.events, 1)[0] })).filter(({ most }) => most);
  const first = scales[scales.length > 1 ? 1 : 0];
  const scale = scaleOf([first?.most.amount]);
  const around = told.flatMap((strategy) => {
    const { around } = of(strategy)!;
    return around?.causes.length
      ? [`${strategy.name}: of the ${around.paths} paths of about this cost, ` + around.causes.slice(0, 3).map((cause) =>
        `${plainPercent(cause.fraction)} owe ${plainPercent(around.matters_from)} or more of what they cost above plan to ${causeAt(cause.cause, cause.provider)}`).join(", ") + "."]
      : [];
  });
  return {
    id: "story",
    finding: first ? `In the ${oneIn(1 - of(first.strategy)!.level)} path of ${first.strategy.name}, ${calendar(study.results.horizon.start, 12 * first.most.from)} is the worst month: `
      + `${first.most.words} (${short(first.most.amount, scale.unit)} ${study.unit(scale)})` : "The story of one bad path",
    reading: "The story of a bad path, not an average: the one at that level, replayed. Each stem is an event at the month it began, as high as what it cost against plan (present value); the largest are numbered.",
    views: [...told].sort((a, b) => Number(b === first?.strategy) - Number(a === first?.strategy)).map((strategy) => ({ key: strategy.name, label: strategy.name })),
    panels: (_, view) => told.filter((strategy) => strategy.name === view).map((strategy) => panel(study, strategy)),
    tables: () => tables(study),
    after: around.length ? el("ul", { class: "reading" }, around.map((said) => el("li", {}, said))) : null,
  };
}
