// Bars with 95 % whiskers by row and strategy: what several charts share.

import * as Plot from "@observablehq/plot";
import { cut, labelRoom, plot, ticksFor } from "../draw.ts";
import { halfWidth, tick, withError, type Scale } from "../format.ts";

export interface Bar { row: string; value: number; se: number | null; colour: string; name: string; from?: number }

/** One row of thin bars by `row`, in the order of `rows`; `from` lifts a bar off the axis. */
export function bars(width: number, rows: string[], all: Bar[], scale: Scale, label: string, unit: string): Element {
  const names = [...new Set(all.map((bar) => bar.name))];
  const room = labelRoom(rows, width);
  const each = Math.max(10, Math.min(24, 44 / names.length));
  const ends = (bar: Bar): [number, number] => {
    const end = (bar.from ?? 0) + bar.value, half = halfWidth(bar) ?? 0;
    return [end - half, end + half];
  };
  const reach = all.flatMap((bar) => [bar.from ?? 0, ...ends(bar)]).concat(0);
  return plot(width, {
    marginLeft: room, marginRight: 16, marginTop: 6, marginBottom: 42, height: rows.length * (each * names.length + 12) + 54,
    x: { domain: [Math.min(...reach), Math.max(...reach)], nice: true, grid: true, label, ticks: ticksFor(width - room, 80), tickFormat: (d: number) => tick(d, scale) },
    fy: { domain: rows, label: null, tickFormat: (d: string) => cut(d, room), axis: "left", padding: 0.14 },
    y: { domain: names, axis: null, padding: 0.12 },
    color: { type: "identity" },
    marks: [
      Plot.barX(all, { fy: "row", y: "name", x1: (b: Bar) => b.from ?? 0, x2: (b: Bar) => (b.from ?? 0) + b.value, fill: "colour", fillOpacity: 0.75 }),
      Plot.ruleY(all.filter((bar) => bar.se), { fy: "row", y: "name", x1: (b: Bar) => ends(b)[0], x2: (b: Bar) => ends(b)[1], stroke: "currentColor", strokeWidth: 1.4 }),
      Plot.ruleX([0], { stroke: "currentColor" }),
      Plot.tip(all, Plot.pointer({
        fy: "row", y: "name", x: (b: Bar) => (b.from ?? 0) + b.value,
        title: (b: Bar) => `${b.row}${names.length > 1 ? `\n${b.name}` : ""}\n${withError(b.value, halfWidth(b), scale)} ${unit}`,
      })),
    ],
  });
}
