// The results document with what all charts share: strategies with their look, money, places in the JSON.

import { scaleOf, unitName, type Scale } from "./format.ts";
import type { Comparison, Results, StrategyResult } from "./results.ts";

export type Path = (string | number)[];

export interface Strategy {
  name: string;
  index: number;
  result: StrategyResult;
  colour: string; // a CSS variable, so that it follows the scheme
  dash: string;
}

/** Told apart without colour: a dash for each of eight. */
const dashes = ["", "7 3", "2 3", "9 3 2 3", "14 4", "4 2 1 2", "1 2 6 2", "12 3 2 3 2 3"];

export class Study {
  readonly strategies: Strategy[];
  readonly reference: string | null;

  constructor(readonly results: Results) {
    this.strategies = Object.entries(results.strategies).map(([name, result], index) => ({
      name,
      index,
      result,
      colour: `var(--s${index % dashes.length})`,
      dash: dashes[(index + Math.floor(index / dashes.length)) % dashes.length],
    }));
    this.reference = results.comparisons?.[0]?.reference ?? null;
  }

  get currency(): string {
    return this.results.currency;
  }

  get several(): boolean {
    return this.strategies.length > 1;
  }

  /** What stands at a place of the JSON; undefined where there is nothing. */
  at(path: Path): unknown {
    let here: unknown = this.results;
    for (const token of path) {
      if (here == null || typeof here !== "object") return undefined;
      here = (here as Record<string, unknown>)[String(token)];
    }
    return here;
  }

  unit(scale: Scale): string {
    return unitName(scale, this.currency);
  }

  /** The scale of the total costs: the one the reader meets first. */
  costScale(): Scale {
    return scaleOf(this.strategies.map((strategy) => strategy.result.measures.total_cost?.mean.value));
  }

  comparison(strategy: string): { comparison: Comparison; index: number } | null {
    const index = (this.results.comparisons ?? []).findIndex((one) => one.strategy === strategy);
    return index < 0 ? null : { comparison: this.results.comparisons![index], index };
  }

  /** The deepest level of expected shortfall whose split among providers has an error. */
  tailIndex(strategy: Strategy): number | null {
    const risk = strategy.result.concentration?.risk ?? [];
    for (let i = risk.length - 1; i >= 0; --i) if (risk[i].hhi?.se != null) return i;
    return null;
  }

  /** Levels of expected shortfall that the tails are split at, deepest first. */
  tailLevels(): number[] {
    const levels = new Set<number>();
    for (const strategy of this.strategies)
      for (const part of strategy.result.contributions?.[0]?.tail ?? []) levels.add(part.level);
    return [...levels].sort((a, b) => b - a);
  }
}

/** A place of the JSON as an RFC 6901 pointer. */
export const pointer = (path: Path) =>
  path.map((token) => `/${String(token).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
