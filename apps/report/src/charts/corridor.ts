// Close enough to benefit, independent enough to leave: shares of each provider that pass both tests.

import * as Plot from "@observablehq/plot";
import { cut, labelRoom, plot } from "../draw.ts";
import { boxSwatch, type Chart, type Panel } from "../figure.ts";
import { svg } from "../dom.ts";
import { plainPercent, words } from "../format.ts";
import type { Corridor, ShareInterval } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { cell, estimateCell, plainCell, rowHead, text, type Cell, type Table } from "../table.ts";

interface Row { provider: string; corridor: Corridor }

const rows = (strategy: Strategy): Row[] =>
  Object.entries(strategy.result.providers ?? {}).flatMap(([provider, of]) => (of.corridor ? [{ provider, corridor: of.corridor }] : []));

const inside = ({ corridor }: Row) => corridor.intervals.some((part) => part.from <= corridor.today.share && corridor.today.share <= part.to);

/** An end at which no test fails is the end of all shares, or of the search, and no finding. */
function shares({ from, to, fails_below, fails_above }: ShareInterval): string {
  if (fails_below && fails_above) return `${plainPercent(from)} to ${plainPercent(to)}`;
  if (fails_above) return `up to ${plainPercent(to)}`;
  return fails_below ? `${plainPercent(from)} or more` : "any share";
}

function says({ provider, corridor }: Row): string {
  const now = `${provider} has ${plainPercent(corridor.today.share)}`;
  const part = corridor.corridor;
  if (!part) return `${now}; no share passes${corridor.binding ? `: ${words(corridor.binding)} is in the way` : ""}`;
  const beyond = [part.fails_below && `below, ${words(part.fails_below)} fails`, part.fails_above && `above, ${words(part.fails_above)} fails`].filter(Boolean);
  return `${now}; ${shares(part)} would be worth having and safe to lose${beyond.length ? ` (${beyond.join("; ")})` : ""}`;
}

function panel(strategy: Strategy): Panel {
  const all = rows(strategy);
  return {
    title: strategy.name,
    strategy,
    says: `${strategy.name}: ${all.map(says).join(". ")}`,
    draw: (width) => {
      const room = labelRoom(all.map((row) => row.provider), width);
      const parts = all.flatMap((row) => row.corridor.intervals.map((part) => ({ ...part, provider: row.provider, today: row.corridor.today.share })));
      return plot(width, {
        marginLeft: room, marginRight: 18, marginTop: 6, marginBottom: 40, height: all.length * 34 + 50,
        x: { domain: [0, 1], grid: true, ticks: width < 420 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1], tickFormat: (d: number) => plainPercent(d), label: "Share of the demand →" },
        y: { type: "band", label: null, tickSize: 0, domain: all.map((row) => row.provider), tickFormat: (d: string) => cut(d, room) },
        marks: [
          Plot.barX(parts, { y: "provider", x1: "from", x2: "to", fill: "var(--better)", fillOpacity: 0.75, insetTop: 6, insetBottom: 6 }),
          Plot.text(parts.filter((part) => part.fails_above && part.to < 0.6), {
            y: "provider", x: (part: { to: number; today: number }) => (part.today > part.to && part.today < part.to + 0.2 ? part.today : part.to), text: (d: { fails_above: string }) => `${words(d.fails_above)} fails`, textAnchor: "start", dx: 11, fontSize: 10.5, fill: "var(--muted)",
          }),
          Plot.dot(all, {
            y: "provider", x: (row: Row) => row.corridor.today.share, r: 6, strokeWidth: 2.2, stroke: "currentColor",
            fill: (row: Row) => (inside(row) ? "currentColor" : "var(--paper)"),
          }),
          Plot.tip(all, Plot.pointer({ y: "provider", x: (row: Row) => row.corridor.today.share, title: says, lineWidth: 28 })),
        ],
        color: { type: "identity" },
      });
    },
  };
}

function tables(study: Study): Table[] {
  const unit = { unit: 1, name: "" };
  return study.strategies.filter((strategy) => rows(strategy).length).map((strategy) => ({
    caption: `The corridor of ${strategy.name}`,
    head: ["Provider", "Share today", "Corridor from", "to", "Fails below", "Fails above", "Unserved hours if severed today", "Exit [months]", "Notice [months]"],
    rows: rows(strategy).map(({ provider, corridor }): Cell[] => {
      const place = ["strategies", strategy.name, "providers", provider, "corridor"];
      const part = corridor.corridor;
      const end = (key: string) => (part ? cell(study, [...place, "corridor", key], plainPercent) : text("none"));
      return [rowHead(provider), cell(study, [...place, "today", "share"], plainPercent), part && !part.fails_below ? text("–") : end("from"), end("to"),
        text(part?.fails_below ? words(part.fails_below) : "–"), text(part?.fails_above ? words(part.fails_above) : corridor.binding ? words(corridor.binding) : "–"),
        estimateCell(study, [...place, "today", "unserved_hours"], unit),
        corridor.today.exit_months == null ? { text: "beyond the horizon", value: null, pointer: undefined } : plainCell(study, [...place, "today", "exit_months"], unit, 0),
        plainCell(study, [...place, "notice_months"], unit, 0)];
    }),
  }));
}

export function corridor(study: Study): Chart | null {
  const all = study.strategies.flatMap((strategy) => rows(strategy).map((row) => ({ row, strategy })));
  if (!all.length) return null;
  const out = all.filter(({ row }) => !inside(row) && row.corridor.today.share > 0).sort((a, b) => b.row.corridor.today.share - a.row.corridor.today.share);
  const dot = (fill: string) => svg("svg", { class: "swatch", width: 14, height: 14, "aria-hidden": "true" },
    svg("circle", { cx: 7, cy: 7, r: 5, fill, stroke: "currentColor", "stroke-width": 2 }));
  return {
    id: "corridor",
    finding: out.length ? `Outside the corridor with ${out[0].strategy.name}: ${says(out[0].row)}` : "Every provider in use lies inside its corridor",
    reading: "The green bar is where a provider's share is large enough to bring a discount and small enough to be safe to lose: its demand could be served, and moved within the notice. "
      + "The dot is today's share: filled inside, hollow outside.",
    legend: [{ label: "worth having and safe to lose", swatch: boxSwatch("var(--better)", 0.75) }, { label: "today, inside", swatch: dot("currentColor") }, { label: "today, outside", swatch: dot("none") }],
    panels: (shown) => shown.filter((strategy) => rows(strategy).length).map(panel),
    tables: () => tables(study),
  };
}
