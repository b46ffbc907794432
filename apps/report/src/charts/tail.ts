// Where the tail comes from: the expected shortfall of the loss, split by component and provider.

import * as Plot from "@observablehq/plot";
import { cut, labelRoom, plot } from "../draw.ts";
import { boxSwatch, type Chart, type Panel } from "../figure.ts";
import { list, number, plainPercent, scaleOf, withError, halfWidth, words, worst, type Scale } from "../format.ts";
import type { Contribution, TailPart } from "../results.ts";
import type { Strategy, Study } from "../study.ts";
import { estimateCell, partCell, rowHead, text, type Table } from "../table.ts";

const at = (of: { tail: TailPart[] }, level: number): TailPart | undefined => of.tail.find((part) => part.level === level);
const value = (of: { tail: TailPart[] }, level: number) => at(of, level)?.value ?? 0;

const parts = (strategy: Strategy): Contribution[] => strategy.result.contributions ?? [];
const sum = (strategy: Strategy, level: number) => parts(strategy).reduce((all, part) => all + value(part, level), 0);

/** "355 ± 2": the expected shortfall of the loss, which the parts add up to. */
function whole(strategy: Strategy, level: number, scale: Scale): string {
  const of = strategy.result.measures.loss?.expected_shortfall.find((one) => one.level === level);
  return of ? withError(of.value, halfWidth(of), scale) : number(sum(strategy, level) / scale.unit, 2);
}

function panels(study: Study, shown: Strategy[], level: number): Panel[] {
  const drawn = shown.filter((strategy) => parts(strategy).length);
  const scale = scaleOf(drawn.flatMap((strategy) => parts(strategy).map((part) => value(part, level))));
  const most = Math.max(...drawn.flatMap((strategy) => parts(strategy).map((part) => Math.abs(value(part, level)))), 1e-300);
  return drawn.map((strategy) => {
    const cells = parts(strategy).filter((part) => at(part, level)?.value != null);
    const components = [...new Set(cells.map((part) => part.component))];
    const providers = [...new Set(cells.map((part) => part.provider))];
    const largest = [...cells].sort((a, b) => Math.abs(value(b, level)) - Math.abs(value(a, level))).slice(0, 3);
    const told = (part: Contribution) => withError(value(part, level), halfWidth({ se: at(part, level)!.se }), scale);
    const short = (v: number) => number(v / scale.unit, Math.abs(v / scale.unit) >= 10 ? 0 : Math.abs(v / scale.unit) >= 1 ? 1 : 2);
    return {
      title: strategy.name,
      strategy,
      note: `All parts together: ${whole(strategy, level, scale)} ${study.unit(scale)} above plan`,
      says: `Parts of the ${worst(level)} of ${strategy.name}; the largest: ` +
        largest.map((part) => `${words(part.component)} at ${part.provider} ${told(part)} ${study.unit(scale)}`).join("; "),
      draw: (width) => {
        const room = labelRoom(components.map(words), width);
        const cell = (width - room) / Math.max(1, providers.length);
        return plot(width, {
          marginLeft: room, marginRight: 4, marginTop: 8, marginBottom: cell < 58 ? 74 : 34, height: components.length * 30 + (cell < 58 ? 82 : 42),
          padding: 0.04,
          x: { type: "band", domain: providers, label: null, tickSize: 0, tickRotate: cell < 58 ? -40 : 0, tickFormat: (d: string) => cut(d, cell < 58 ? 80 : cell + 14), insetRight: 0 },
          y: { type: "band", domain: components, label: null, tickSize: 0, tickFormat: words },
          marks: [
            Plot.cell(cells, { x: "provider", y: "component", fill: "none", stroke: "var(--line)" }),
            Plot.cell(cells, {
              x: "provider", y: "component", fill: (d: Contribution) => (value(d, level) < 0 ? "var(--better)" : "var(--worse)"),
              fillOpacity: (d: Contribution) => 0.6 * Math.sqrt(Math.abs(value(d, level)) / most),
            }),
            cell >= 34 ? Plot.text(cells, { x: "provider", y: "component", text: (d: Contribution) => short(value(d, level)), fill: "currentColor" }) : null,
            Plot.tip(cells, Plot.pointer({
              x: "provider", y: "component",
              title: (d: Contribution) => `${words(d.component)}, ${d.provider}\n${told(d)} ${study.unit(scale)}`,
            })),
          ],
          color: { type: "identity" }, opacity: { type: "identity" },
        });
      },
    };
  });
}

function tables(study: Study): Table[] {
  const levels = study.tailLevels();
  return study.strategies.filter((strategy) => parts(strategy).length).map((strategy) => {
    const scale = scaleOf(parts(strategy).flatMap((part) => part.tail.map((one) => one.value)));
    return {
      caption: `Parts of the expected shortfall of the loss of ${strategy.name}, and of its mean cost [${study.unit(scale)}]`,
      head: ["Component", "Provider", "Mean cost", ...levels.map((level) => `Part of the ${worst(level)}`)],
      rows: [
        ...parts(strategy).map((part, i) => {
          const place = ["strategies", strategy.name, "contributions", i];
          return [
            rowHead(words(part.component)), text(part.provider), estimateCell(study, [...place, "mean"], scale),
            ...levels.map((level) => {
              const index = part.tail.findIndex((one) => one.level === level);
              return index < 0 ? text("–") : partCell(study, [...place, "tail", index], scale);
            }),
          ];
        }),
        [rowHead("all together"), text(""), text(""), ...levels.map((level) => text(whole(strategy, level, scale)))],
      ],
    };
  });
}

function finding(study: Study, level: number): string {
  const told = study.strategies.filter((strategy) => sum(strategy, level) > 0).map((strategy) => {
    const largest = parts(strategy).reduce((a, b) => (value(b, level) > value(a, level) ? b : a));
    return { key: `${words(largest.component)} at ${largest.provider}`, share: value(largest, level) / sum(strategy, level), name: strategy.name };
  });
  if (!told.length) return "Where the tail comes from";
  const same = told.every((one) => one.key === told[0].key);
  const range = told.map((one) => one.share);
  if (same && told.length > 1)
    return `The ${worst(level)} is above all ${told[0].key}: ${plainPercent(Math.min(...range))} to ${plainPercent(Math.max(...range))} of what it costs above plan`;
  return `The ${worst(level)} is above all ${list(told.slice(0, 3).map((one) => `${one.key}${told.length > 1 ? ` with ${one.name}` : ""} (${plainPercent(one.share)})`))}`;
}

export function tail(study: Study): Chart | null {
  const levels = study.tailLevels();
  if (!levels.length) return null;
  return {
    id: "tail",
    finding: finding(study, levels[0]),
    reading: "The mean loss of the worst paths, split by what it was and at which provider it was booked. Red is cost, green what came back or was "
      + "saved; the deeper the colour, the more. The cells of a strategy add up to its expected shortfall above plan.",
    legend: [{ label: "costs more than plan", swatch: boxSwatch("var(--worse)", 0.6) }, { label: "costs less (negative)", swatch: boxSwatch("var(--better)", 0.6) }],
    views: levels.map((level) => ({ key: String(level), label: capitalWorst(level) })),
    panels: (shown, view) => panels(study, shown, Number(view)),
    tables: () => tables(study),
  };
}

export const capitalWorst = (level: number) => `Worst ${plainPercent(1 - level)}`;
