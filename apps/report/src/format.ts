// Numbers for people: no more digits than the error of a number supports. The same rules as the terminal's.

import type { Estimate, Interval } from "./results.ts";

/** One power of a thousand for a whole chart or table. */
export interface Scale { unit: number; name: string }

export const thin = "\u202f"; // narrow no-break space
const minus = "\u2212";
const normal = 1.959963984540054; // half a 95 % interval in standard errors
const rounding = 1e-12; // an error below this part of a number is what adding up leaves

/** The scale in which `largest` has one to three digits before the point. */
export function scaleFor(largest: number): Scale {
  const size = Math.abs(largest);
  if (size >= 1e9) return { unit: 1e9, name: "B" };
  if (size >= 1e6) return { unit: 1e6, name: "M" };
  if (size >= 1e4) return { unit: 1e3, name: "k" };
  return { unit: 1, name: "" };
}

export const plain: Scale = { unit: 1, name: "" };
export const percentScale: Scale = { unit: 0.01, name: "%" };

/** The scale for the largest of several numbers; what is not known does not count. */
export function scaleOf(values: Iterable<number | null | undefined>): Scale {
  let largest = 0;
  for (const value of values) if (value != null) largest = Math.max(largest, Math.abs(value));
  return scaleFor(largest);
}

/** Decimals that the half width of an interval supports: its leading digit is the last one shown. */
export function decimalsFor(half: number): number {
  if (!(half > 0)) return 3;
  return Math.min(12, Math.max(0, Math.ceil(-Math.log10(half))));
}

/** Decimals that show `value` to three significant digits, for a number whose error is not known. */
export function decimalsForUnknownError(value: number): number {
  if (value === 0) return 0;
  return Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
}

/** `value` with `decimals` digits behind the point and thin groups of thousands in front. */
export function number(value: number, decimals: number): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, thin) + (fraction ? `.${fraction}` : "");
  return value < 0 && /[1-9]/.test(digits) ? minus + digits : digits;
}

/** A count: 100 000. What is no number stays as it is. */
export function count(value: number | string): string {
  return /^\d+$/.test(String(value)) ? String(value).replace(/\B(?=(\d{3})+$)/g, thin) : String(value);
}

/** Half of the 95 % interval; null where the error is not known. */
export function halfWidth(of: { se: number | null }): number | null {
  return of.se == null ? null : normal * of.se;
}

/** "4.512 ± 0.002" in `scale`; "4.51 ± ?" where the error is not known; alone where there is none. */
export function withError(value: number | null, half: number | null, scale: Scale = plain): string {
  if (value == null) return "unknown";
  const scaled = value / scale.unit;
  if (half == null) return `${number(scaled, decimalsForUnknownError(scaled))} ± ?`;
  if (half <= rounding * Math.abs(value)) return number(scaled, decimalsForUnknownError(scaled));
  const decimals = decimalsFor(half / scale.unit);
  return `${number(scaled, decimals)} ± ${number(half / scale.unit, decimals)}`;
}

export function estimate(of: Estimate | null | undefined, scale: Scale = plain): string {
  return of ? withError(of.value, halfWidth(of), scale) : "unknown";
}

/** "72.4 ± 0.3 %". */
export function percent(of: Estimate | null | undefined): string {
  return of == null || of.value == null ? "unknown" : `${estimate(of, percentScale)}${thin}%`;
}

/** A share without an error: as many decimals as tell it from 0 and from 100 %. */
export function plainPercent(share: number): string {
  const value = 100 * share;
  const edge = Math.min(Math.abs(value), Math.abs(100 - value));
  const whole = Math.abs(value - Math.round(value)) < 1e-9;
  const decimals = whole || edge >= 10 || edge < 1e-9 ? 0 : edge >= 1 ? (value < 50 ? 1 : 0) : Math.min(6, Math.ceil(-Math.log10(edge) - 1e-9) || 1);
  return `${number(value, decimals)}${thin}%`;
}

/** Decimals that an interval supports, in `scale`; three significant digits where it has a bound missing. */
export function decimalsOf(value: number, ci: Interval | null | undefined, scale: Scale): number {
  if (ci && ci[0] != null && ci[1] != null && ci[1] - ci[0] > rounding * Math.abs(value))
    return decimalsFor((ci[1] - ci[0]) / 2 / scale.unit);
  return decimalsForUnknownError(value / scale.unit);
}

/** "224.2 [223.9, 224.5]"; a bound that is not known is "?". */
export function withInterval(value: number | null, ci: Interval | null | undefined, scale: Scale = plain): string {
  if (value == null) return "unknown";
  const decimals = decimalsOf(value, ci, scale);
  const show = (bound: number | null) => (bound == null ? "?" : number(bound / scale.unit, decimals));
  return `${show(value)} [${show(ci?.[0] ?? null)}, ${show(ci?.[1] ?? null)}]`;
}

/** "B USD", or "USD" where numbers stand as they are. */
export function unitName(scale: Scale, currency: string): string {
  return scale.name ? `${scale.name}${thin}${currency}` : currency;
}

/** A tick of an axis: as few digits as show it. */
export function tick(value: number, scale: Scale): string {
  const scaled = value / scale.unit;
  const decimals = [0, 1, 2, 3].find((d) => Math.abs(scaled - Number(scaled.toFixed(d))) < 1e-9 * Math.max(1, Math.abs(scaled))) ?? 3;
  return number(scaled, decimals);
}

/** A probability as odds: 0.01 is "1 in 100". */
export function oneIn(probability: number): string {
  const odds = 1 / probability;
  return `1 in ${odds < 10 && Math.abs(odds - Math.round(odds)) > 0.05 ? number(odds, 1) : count(Math.round(odds))}`;
}

/** "worst 1 %" of a level of expected shortfall. */
export const worst = (level: number) => `worst ${plainPercent(1 - level)}`;

/** "2028-11", months counted from the "2026-01" the horizon starts at. */
export function calendar(start: string, months: number): string {
  const [year, month] = start.split("-").map(Number);
  if (!Number.isFinite(year)) return `month ${Math.floor(months + 1e-6) + 1}`;
  const index = year * 12 + (Number.isFinite(month) ? month - 1 : 0) + Math.floor(months + 1e-6);
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
}

/** A key of the results in words: "capacity_shortage" is "capacity shortage". */
export const words = (key: string) => key.replace(/_/g, " ");

/** "a, b and c". */
export function list(parts: string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

/** A sentence of the results, with its numbers kept from breaking at the end of a line. */
export const unbroken = (text: string) =>
  text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, thin).replace(/(?<=\d) (?=[±%])|(?<=±) /g, "\u00a0");

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
