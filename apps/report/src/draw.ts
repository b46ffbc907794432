// Observable Plot as the page needs it: no style element (the page's policy forbids it; its rules are in
// page.css), fonts and colours of the page, and room for the ticks.

import * as Plot from "@observablehq/plot";

export function plot(width: number, options: Plot.PlotOptions): Element {
  const drawn = Plot.plot({
    width,
    height: Math.round(Math.min(420, Math.max(260, width * 0.55))),
    className: "plot",
    style: { fontSize: "12px" },
    marginTop: 24,
    ...options,
    x: { insetRight: 2, ...options.x },
  });
  for (const style of drawn.querySelectorAll("style")) style.remove();
  for (const group of drawn.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label"); // groups have no role
  return drawn;
}

/** About one tick for each so many pixels. */
export const ticksFor = (width: number, each = 90) => Math.max(2, Math.floor(width / each));

/** Left margin for labels of rows, so many pixels a character, at most a share of the width. */
export function labelRoom(labels: string[], width: number): number {
  const longest = Math.max(0, ...labels.map((label) => label.length));
  return Math.min(Math.ceil(longest * 6.6) + 14, Math.round(width * 0.42));
}

/** A label cut to the room; the whole of it stands in the table. */
export function cut(label: string, room: number): string {
  const most = Math.max(6, Math.floor((room - 14) / 6.6));
  return label.length > most ? `${label.slice(0, most - 1)}…` : label;
}

/** Whole powers and 2, 5 between two bounds, for logarithmic axes. */
export function logTicks(low: number, high: number, factors = [1]): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); ++power)
    for (const factor of factors) {
      const tick = factor * 10 ** power;
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
    }
  return ticks;
}

/** Moves labels apart along one axis: positions at least `gap` from each other, in the given order of size. */
export function apart(positions: number[], gap: number, low: number, high: number): number[] {
  const order = positions.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  for (let i = 1; i < order.length; ++i) order[i].at = Math.max(order[i].at, order[i - 1].at + gap);
  const over = order.length ? order[order.length - 1].at - high : 0;
  if (over > 0) {
    order[order.length - 1].at -= over;
    for (let i = order.length - 2; i >= 0; --i) order[i].at = Math.min(order[i].at, order[i + 1].at - gap);
  }
  const moved = [...positions];
  for (const { at, index } of order) moved[index] = Math.max(low, at);
  return moved;
}
