// Title, what was played, and what the reader must know before believing it.

import { schemeToggle } from "./controls.ts";
import { el, type Child } from "./dom.ts";
import { calendar, count, plainPercent } from "./format.ts";
import type { Study } from "./study.ts";

function horizon(study: Study): string {
  const { start, months } = study.results.horizon;
  const length = months % 12 === 0 ? `${months / 12} ${months === 12 ? "year" : "years"}` : `${months} months`;
  return `${length}, ${calendar(start, 0)} to ${calendar(start, months - 1)}`;
}

function warnings(study: Study): Child[] {
  const { complete, precision, paths, provenance } = study.results;
  const said: string[] = [];
  if (!complete)
    said.push(`The run was interrupted after ${count(paths)} of ${count(provenance.paths)} paths: what stands here is what was finished, and its errors are larger than was asked for.`);
  if (precision && !precision.reached)
    said.push(`The precision asked for, ${plainPercent(precision.target)}, was not reached for ` +
      precision.unmet.slice(0, 4).map((one) => `${one.output} of ${one.strategy}${one.relative == null ? "" : ` (±${plainPercent(one.relative)})`}`).join(", ") +
      (precision.unmet.length > 4 ? ` and ${precision.unmet.length - 4} more.` : "."));
  return said.map((text) => el("p", { class: "banner", role: "note" }, el("strong", {}, "Read with care. "), text));
}

export function head(study: Study): Child[] {
  const { results } = study;
  return [
    el("div", { class: "brand" }, el("span", {}, "Hedgerow · vendor risk report"), schemeToggle()),
    el("h1", {}, results.title || "Results"),
    el("p", { class: "subtitle" },
      `${horizon(study)} · ${results.currency} · ${count(results.paths)} paths played · present values at ` +
      `${plainPercent(results.horizon.discount_rate)} a year unless said otherwise · ± and [ ] are 95 % intervals`),
    warnings(study),
  ];
}
