// The table behind a chart: each number with its full value and its place in the results.

import { el, type Child } from "./dom.ts";
import { decimalsOf, estimate, number, withError, halfWidth, type Scale } from "./format.ts";
import type { Estimate, Interval } from "./results.ts";
import { pointer, type Path, type Study } from "./study.ts";

export interface Cell { text: Child; value?: unknown; pointer?: string; rowHeader?: boolean }
export interface Table { caption: string; head: string[]; rows: Cell[][] }

export const text = (content: Child): Cell => ({ text: content });
export const rowHead = (content: Child): Cell => ({ text: content, rowHeader: true });

/** A number of the results at `path`, shown as `shown` tells it. */
export function cell(study: Study, path: Path, shown: (value: number) => string): Cell {
  const value = study.at(path);
  if (value === undefined) return text("–");
  return { text: value === null ? "unknown" : shown(Number(value)), value, pointer: pointer(path) };
}

/** `{value, se}` at `path` as "4.512 ± 0.002". */
export function estimateCell(study: Study, path: Path, scale: Scale): Cell {
  const of = study.at(path) as Estimate | null | undefined;
  if (of == null) return of === null ? { text: "unknown", value: null, pointer: pointer(path) } : text("–");
  return { text: estimate(of, scale), value: of.value, pointer: pointer([...path, "value"]) };
}

/** A number that lies beside its error, `{…, value, se}`: the same as above by another name. */
export function partCell(study: Study, path: Path, scale: Scale): Cell {
  const of = study.at(path) as Estimate | undefined;
  if (!of) return text("–");
  return { text: withError(of.value, halfWidth(of), scale), value: of.value, pointer: pointer([...path, "value"]) };
}

/** `{value, ci}` at `path` in three cells: value, lower and upper end of its 95 % interval. */
export function intervalCells(study: Study, path: Path, scale: Scale): Cell[] {
  const of = study.at(path) as { value: number | null; ci?: Interval } | undefined;
  const decimals = of?.value == null ? 0 : decimalsOf(of.value, of.ci, scale);
  const shown = (value: number) => number(value / scale.unit, decimals);
  return [cell(study, [...path, "value"], shown), cell(study, [...path, "ci", 0], shown), cell(study, [...path, "ci", 1], shown)];
}

/** A number without an error, in three significant digits or whole. */
export function plainCell(study: Study, path: Path, scale: Scale, decimals: number): Cell {
  return cell(study, path, (value) => number(value / scale.unit, decimals));
}

/** The element, in a region of its own that scrolls sideways where it is too wide. */
export function tableElement(table: Table): HTMLElement {
  const body = table.rows.map((row) =>
    el("tr", {}, row.map((one) => {
      const attributes = {
        "data-value": one.value === undefined ? null : String(one.value),
        "data-pointer": one.pointer,
        class: one.value === undefined ? null : "number",
      };
      return one.rowHeader ? el("th", { scope: "row", ...attributes }, one.text) : el("td", attributes, one.text);
    })));
  return el("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": `Table: ${table.caption}` },
    el("table", {},
      el("caption", {}, table.caption),
      el("thead", {}, el("tr", {}, table.head.map((title) => el("th", { scope: "col" }, title)))),
      el("tbody", {}, body)));
}
