// Who is paid and who can hurt: each provider's share of the bills against its share of the tail.

import * as Plot from "@observablehq/plot";
import { cut, labelRoom, plot } from "../draw.ts";
import { type Chart, type Panel } from "../figure.ts";
import { svg } from "../dom.ts";
import { estimate, plainPercent, scaleOf, worst } from "../format.ts";
import type { Strategy, Study } from "../study.ts";
import { estimateCell, partCell, rowHead, text, type Table } from "../table.ts";

interface Share { provider: string; spend: number; risk: number }

/** Shares of the bills and of the positive tails, as the results' concentration takes them. */
function shares(strategy: Strategy, level: number): Share[] {
  const all = Object.entries(strategy.result.attribution?.providers ?? {}).map(([provider, of]) => ({
    provider, spend: Math.max(0, of.spend.value ?? 0), risk: Math.max(0, of.tail[level]?.value ?? 0),
  }));
  const spend = all.reduce((sum, one) => sum + one.spend, 0) || 1, risk = all.reduce((sum, one) => sum + one.risk, 0) || 1;
  return all.map((one) => ({ provider: one.provider, spend: one.spend / spend, risk: one.risk / risk }));
}

function panel(study: Study, strategy: Strategy): Panel[] {
  const level = study.tailIndex(strategy) ?? 0;
  const all = shares(strategy, level);
  const risk = strategy.result.concentration?.risk[level];
  if (!all.length || !risk) return [];
  return [{
    title: strategy.name,
    strategy,
    note: `Effective number of vendors (1/HHI): ${estimate(strategy.result.concentration?.spend?.effective_vendors)} by spend, ${estimate(risk.effective_vendors)} by risk`,
    says: `Shares of bills and of the ${worst(risk.level)} of ${strategy.name}. ` + all.map((one) => `${one.provider}: ${plainPercent(one.spend)} and ${plainPercent(one.risk)}`).join("; "),
    draw: (width) => {
      const room = labelRoom(all.map((one) => one.provider), width);
      return plot(width, {
        marginLeft: room, marginRight: 18, marginTop: 6, height: all.length * 34 + 50, marginBottom: 40,
        x: { domain: [0, 1], grid: true, ticks: width < 420 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1], tickFormat: (d: number) => plainPercent(d), label: "Share →" },
        y: { type: "band", label: null, tickSize: 0, domain: all.map((one) => one.provider), tickFormat: (d: string) => cut(d, room) },
        marks: [
          Plot.link(all, { x1: "spend", x2: "risk", y: "provider", stroke: strategy.colour, strokeWidth: 3, strokeOpacity: 0.5 }),
          Plot.dot(all, { x: "spend", y: "provider", r: 6, fill: "var(--paper)", stroke: strategy.colour, strokeWidth: 2 }),
          Plot.dot(all, { x: "risk", y: "provider", r: 6, fill: strategy.colour, symbol: "diamond" }),
          Plot.tip(all, Plot.pointer({ x: "risk", y: "provider", title: (d: Share) => `${d.provider}\n${plainPercent(d.spend)} of the bills\n${plainPercent(d.risk)} of the ${worst(risk.level)}` })),
        ],
      });
    },
  }];
}

function tables(study: Study): Table[] {
  return study.strategies.filter((strategy) => strategy.result.attribution).flatMap((strategy): Table[] => {
    const providers = strategy.result.attribution!.providers;
    const level = study.tailIndex(strategy) ?? 0;
    const scale = scaleOf(Object.values(providers).map((of) => of.spend.value));
    const place = ["strategies", strategy.name];
    const vendors = (path: (string | number)[]) => estimateCell(study, [...place, "concentration", ...path, "effective_vendors"], { unit: 1, name: "" });
    return [{
      caption: `Bills and tail of ${strategy.name} by provider [${study.unit(scale)}]`,
      head: ["Provider", "Bills, mean", "Share", "Part of the tail", "Share"],
      rows: [
        ...shares(strategy, level).map((one) => {
          const here = [...place, "attribution", "providers", one.provider];
          return [rowHead(one.provider), estimateCell(study, [...here, "spend"], scale), text(plainPercent(one.spend)),
            providers[one.provider].tail[level] ? partCell(study, [...here, "tail", level], scale) : text("–"), text(plainPercent(one.risk))];
        }),
        [rowHead("effective number of vendors (1/HHI)"), vendors(["spend"]), text(""), vendors(["risk", level]), text("")],
      ],
    }];
  });
}

export function concentration(study: Study): Chart | null {
  const all = study.strategies.flatMap((strategy) => shares(strategy, study.tailIndex(strategy) ?? 0).map((one) => ({ ...one, strategy })));
  if (!all.length || !study.strategies.some((strategy) => panel(study, strategy).length)) return null;
  const most = all.reduce((a, b) => (Math.abs(b.risk - b.spend) > Math.abs(a.risk - a.spend) ? b : a));
  const mark = (fill: string, path: string) => svg("svg", { class: "swatch", width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d: path, fill, stroke: "currentColor", "stroke-width": 1.6 }));
  return {
    id: "concentration",
    finding: `${most.provider} has ${plainPercent(most.spend)} of the bills of ${most.strategy.name} and ${plainPercent(most.risk)} of its tail`,
    reading: "Money is spread one way, danger another. Where the diamond lies right of the circle, a provider can hurt more than its bill suggests.",
    legend: [{ label: "share of the bills", swatch: mark("none", "M7 2a5 5 0 1 0 .01 0Z") }, { label: "share of the tail", swatch: mark("currentColor", "M7 1L12 7L7 13L2 7Z") }],
    panels: (shown) => shown.flatMap((strategy) => panel(study, strategy)),
    tables: () => tables(study),
  };
}
