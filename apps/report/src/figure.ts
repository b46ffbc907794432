// A figure: its finding as heading, how to read it, a legend, the chart, and the table behind it.

import { append, el, svg, type Child } from "./dom.ts";
import { tableElement, type Table } from "./table.ts";
import type { Strategy } from "./study.ts";

/** One drawing of a figure; several stand side by side where there is room. */
export interface Panel {
  title?: string;
  strategy?: Strategy; // its swatch stands beside the title
  note?: string;
  says: string; // the finding in words, for who does not see it
  draw(width: number): Element;
}

/** A choice above the chart. */
export interface View { key: string; label: string }

export interface Key { label: string; swatch: SVGElement }

export interface Chart {
  id: string;
  finding: string;
  reading: Child;
  views?: View[];
  legend?: "strategies" | Key[];
  columns?: number; // at most so many panels side by side
  panels(shown: Strategy[], view: string): Panel[];
  tables(): Table[];
  after?: Child;
}

const narrowest = 270; // of a panel among several [px]

export function lineSwatch(colour: string, dash: string): SVGElement {
  return svg("svg", { class: "swatch", width: 30, height: 10, "aria-hidden": "true" },
    svg("line", { x1: 1, x2: 29, y1: 5, y2: 5, stroke: colour, "stroke-width": 3, "stroke-dasharray": dash }));
}

export function boxSwatch(colour: string, opacity = 1): SVGElement {
  return svg("svg", { class: "swatch", width: 14, height: 14, "aria-hidden": "true" },
    svg("rect", { x: 1, y: 1, width: 12, height: 12, fill: colour, "fill-opacity": opacity, stroke: "currentColor", "stroke-width": 0.7 }));
}

export class Figure {
  readonly element: HTMLElement;
  private readonly legend = el("div", { class: "legend" });
  private readonly canvas = el("div", { class: "canvas" });
  private view: string;
  private shown: Strategy[] = [];
  private width = 0;

  constructor(private readonly chart: Chart) {
    this.view = chart.views?.[0]?.key ?? "";
    const tables = chart.tables();
    this.element = el("figure", { id: chart.id, class: "chart", "aria-labelledby": `${chart.id}-finding` },
      el("h3", { id: `${chart.id}-finding` }, chart.finding),
      el("p", { class: "reading" }, chart.reading),
      this.choices(),
      chart.legend ? this.legend : null,
      this.canvas,
      chart.after ? el("div", { class: "after" }, chart.after) : null,
      el("details", { class: "data" }, el("summary", {}, "The numbers behind this chart"), tables.map(tableElement)));
  }

  /** Draws with what is chosen; again after a change of width or of the strategies shown. */
  draw(shown: Strategy[]): void {
    this.shown = shown;
    this.width = this.canvas.clientWidth;
    const panels = this.chart.panels(shown, this.view);
    this.canvas.replaceChildren();
    if (panels.length === 0) {
      this.canvas.append(el("p", { class: "empty" }, "No strategy is chosen."));
      return;
    }
    this.drawLegend();
    const room = Math.floor((this.width + 24) / (narrowest + 24));
    const columns = Math.max(1, Math.min(room, panels.length, this.chart.columns ?? 3));
    const width = Math.floor((this.width - 24 * (columns - 1)) / columns);
    this.canvas.style.setProperty("--columns", String(columns));
    for (const panel of panels) {
      const drawing = panel.draw(width);
      drawing.setAttribute("role", "img");
      drawing.setAttribute("aria-label", panel.says);
      const box = el("div", { class: "panel" });
      if (panel.title)
        append(box, [el("h4", {}, panel.strategy ? lineSwatch(panel.strategy.colour, panel.strategy.dash) : null, panel.title)]);
      append(box, [drawing, panel.note ? el("p", { class: "note" }, panel.note) : null]);
      this.canvas.append(box);
    }
  }

  /** Draws again if the room has changed. */
  fit(): void {
    if (Math.abs(this.canvas.clientWidth - this.width) > 1) this.draw(this.shown);
  }

  private drawLegend(): void {
    const keys = this.chart.legend === "strategies"
      ? this.shown.map(({ name, colour, dash }) => ({ label: name, swatch: lineSwatch(colour, dash) }))
      : this.chart.legend ?? [];
    this.legend.replaceChildren(...keys.map(({ label, swatch }) =>
      el("span", { class: "key" }, swatch.cloneNode(true), label)));
  }

  private choices(): HTMLElement | null {
    const views = this.chart.views ?? [];
    if (views.length < 2) return null;
    const group = el("fieldset", { class: "views" }, el("legend", {}, "Show"));
    for (const view of views) {
      const input = el("input", { type: "radio", name: `${this.chart.id}-view`, value: view.key, checked: view.key === this.view });
      input.addEventListener("change", () => {
        this.view = view.key;
        this.draw(this.shown);
      });
      group.append(el("label", {}, input, el("span", {}, view.label)));
    }
    return group;
  }
}
