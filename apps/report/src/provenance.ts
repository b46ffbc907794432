// How the results were made, and how to make them again.

import { el, type Child } from "./dom.ts";
import { count, number } from "./format.ts";
import type { Sampling } from "./results.ts";
import type { Study } from "./study.ts";

/** A word of a command line, quoted where a shell would take it for more. */
const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`);

function command(study: Study): string {
  const { config, seed, paths } = study.results.provenance;
  const set = (config.overrides ?? []).map(({ key, value }) => `--set ${quoted(`${key}=${typeof value === "string" ? value : JSON.stringify(value)}`)}`);
  return ["hedgerow run", quoted(config.name), `--paths ${quoted(paths)}`, `--seed ${quoted(seed)}`, ...set].join(" ");
}

/** How the paths were drawn, where it was not plainly. */
function drawn({ used, reason, nominal_paths, tilted_paths, replicates, weights, uses }: Sampling): string {
  const why = reason ? ` (${reason})` : "";
  if (used === "plain") return `plainly${why}`;
  if (used === "sobol") return `in ${count(replicates)} nets of scrambled Sobol points, whose spread is the error${why}`;
  const worth = weights ? `; weights of mean ${number(weights.mean.value ?? 1, 4)}, worth ${count(Math.round(weights.effective_paths))} even ones` : "";
  return `${count(nominal_paths)} as they come and ${count(tilted_paths)} with more long outages${worth}. Told from all of them: `
    + `${uses.map(({ output }) => output).join(", ")}${why}`;
}

export function provenance(study: Study): HTMLElement {
  const { provenance: made, format, paths, sampling } = study.results;
  const rows: [string, Child][] = [
    ["Engine", `${made.engine.name} ${made.engine.version}, revision ${made.git_revision}, ${made.compiler}`],
    ["Randomness", `${made.rng}, seed ${made.seed}: the same config, seed and number of paths give the same bits`],
    ["Paths", `${count(paths)} played in ${number(made.wall_seconds, made.wall_seconds < 10 ? 1 : 0)} s on ${made.threads} threads`],
    ...(sampling && (sampling.used !== "plain" || sampling.reason) ? [["Drawn", drawn(sampling)] as [string, Child]] : []),
    ["Config", made.config.name],
    ["SHA-256 of the config", el("code", {}, made.config.sha256)],
    ["Format", format],
    ["Run it again", el("code", {}, command(study))],
  ];
  const notes = study.strategies.flatMap((strategy) =>
    (strategy.result.diagnostics ?? []).map((one) => el("li", {}, `${strategy.name}: ${one.message} `, el("code", {}, one.code))));
  return el("section", { id: "provenance", "aria-labelledby": "provenance-title" },
    el("h2", { id: "provenance-title" }, "How it was made"),
    el("dl", { class: "facts" }, rows.map(([term, said]) => el("div", {}, el("dt", {}, term), el("dd", {}, said)))),
    notes.length ? [el("h3", {}, "Diagnostics"), el("ul", {}, notes)] : null,
    made.config.source
      ? el("details", { class: "data" }, el("summary", {}, "The config, as it was read"),
        el("pre", { tabindex: 0, role: "region", "aria-label": "Text of the config" }, made.config.source))
      : null);
}
