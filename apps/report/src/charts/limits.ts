// The risk appetite: each limit, what was measured against it, and whether that decides it.

import * as Plot from "@observablehq/plot";
import { plot, ticksFor } from "../draw.ts";
import type { Chart, Panel } from "../figure.ts";
import { count, list, percentScale, plain, scaleOf, tick, withInterval, words, type Scale } from "../format.ts";
import type { Limit } from "../results.ts";
import type { Study } from "../study.ts";
import { badge } from "../verdict.ts";
import { cell, rowHead, text } from "../table.ts";

const bound = (limit: Limit) => limit.at_most ?? limit.at_least ?? 0;

/** Of "total_cost.es_99" money, of "probability_…" a share, else a number. */
function scaleOfLimit(limit: Limit): Scale {
  if (/prob|stranded|severed|share|hhi|index/.test(limit.measure)) return /hhi|index/.test(limit.measure) ? plain : percentScale;
  return scaleOf([limit.measured, bound(limit)]);
}

function unit(study: Study, limit: Limit): string {
  const scale = scaleOfLimit(limit);
  return scale === percentScale ? "%" : scale === plain ? "" : Math.abs(bound(limit)) >= 1e4 ? study.unit(scale) : "";
}

const asked = (limit: Limit, study: Study) =>
  `${limit.at_most != null ? "at most" : "at least"} ${tick(bound(limit), scaleOfLimit(limit))} ${unit(study, limit)}`.trim();

function panel(study: Study, limit: Limit): Panel {
  const scale = scaleOfLimit(limit);
  const measured = `${withInterval(limit.measured, limit.ci, scale)} ${unit(study, limit)}`.trim();
  const undecided = limit.paths_to_decide ? `; about ${count(limit.paths_to_decide)} paths would decide it` : "";
  return {
    title: `${limit.name}: ${limit.verdict}`,
    note: `${words(limit.measure)} of ${limit.strategy}: ${measured}; ${asked(limit, study)}${undecided}`,
    says: `${limit.name} is ${limit.verdict}: ${words(limit.measure)} of ${limit.strategy} is ${measured}, ${asked(limit, study)}`,
    draw: (width) => {
      const at = bound(limit), value = limit.measured ?? NaN;
      const ends = [at, value, limit.ci?.[0] ?? NaN, limit.ci?.[1] ?? NaN].filter(Number.isFinite);
      const margin = 0.25 * (Math.max(...ends) - Math.min(...ends) || Math.abs(at) || 1);
      const domain = [Math.min(...ends) - margin, Math.max(...ends) + margin];
      const colour = `var(--${limit.verdict})`;
      return plot(width, {
        height: 84, marginTop: 8, marginBottom: 38, marginLeft: 12, marginRight: 16,
        x: { domain, ticks: ticksFor(width, 80), tickFormat: (d: number) => tick(d, scale), label: unit(study, limit) || null },
        y: { domain: [0, 1], axis: null },
        marks: [
          Plot.rect([0], { x1: limit.at_most != null ? domain[0] : at, x2: limit.at_most != null ? at : domain[1], y1: 0.15, y2: 0.85, fill: "var(--kept)", fillOpacity: 0.14 }),
          Plot.ruleX([at], { stroke: "currentColor", strokeWidth: 2.5 }),
          limit.ci && limit.ci[0] != null && limit.ci[1] != null ? Plot.ruleY([0.5], { x1: limit.ci[0], x2: limit.ci[1], stroke: colour, strokeWidth: 5, strokeOpacity: 0.5 }) : null,
          limit.measured != null ? Plot.dot([value], { x: value, y: 0.5, r: 5.5, fill: colour, symbol: "diamond" }) : null,
        ],
      });
    },
  };
}

export function limits(study: Study): Chart | null {
  const all = study.results.limits ?? [];
  if (!all.length) return null;
  const how = (["breached", "undecided", "kept"] as const).map((verdict) => ({ verdict, n: all.filter((limit) => limit.verdict === verdict).length })).filter(({ n }) => n);
  return {
    id: "limits",
    finding: `Of ${count(all.length)} limits ${list(how.map(({ verdict, n }) => `${count(n)} ${n === 1 ? "is" : "are"} ${verdict}`))}`,
    reading: "The line is the limit, the shaded side is allowed, the diamond what was measured with its 95 % interval. A limit that lies inside the interval is undecided, which is not kept.",
    columns: 2,
    panels: (shown) => all.filter((limit) => shown.some(({ name }) => name === limit.strategy)).map((limit) => panel(study, limit)),
    tables: () => [{
      caption: "Limits, what was measured, and the verdict",
      head: ["Limit", "Strategy", "Measure", "Asked for", "Measured", "95 % from", "to", "Verdict"],
      rows: all.map((limit, i) => {
        const scale = scaleOfLimit(limit);
        const shown = (value: number) => withInterval(value, limit.ci, scale).split(" [")[0] + (unit(study, limit) ? ` ${unit(study, limit)}` : "");
        return [rowHead(limit.name), text(limit.strategy), text(limit.measure),
          cell(study, ["limits", i, limit.at_most != null ? "at_most" : "at_least"], () => asked(limit, study)),
          cell(study, ["limits", i, "measured"], shown), cell(study, ["limits", i, "ci", 0], shown), cell(study, ["limits", i, "ci", 1], shown), text(badge(limit.verdict))];
      }),
    }],
  };
}
