// Results of many kinds, and the pages that the program draws of them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const configs = join(process.env.HEDGEROW_SOURCE, "configs");
const article = join(configs, "openai-aws.yaml"), minimal = join(configs, "minimal.yaml");

export const folder = mkdtempSync(join(tmpdir(), "hedgerow-report-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Texts that would be markup, script or the end of one if anything took them for it. */
export const hostile = {
  strategy: "</script ><img src=x onerror=alert(1) />",
  provider: "<!--<script >alert(2)",
  title: "</script><img src=x onerror=alert(3)><b onclick=alert(4)>&lt;title&gt; \u2028 ' \" ${alert(5)}",
  source: "javascript://x.example/%0aalert(6)",
};

function hedgerow(...words) {
  const done = spawnSync(process.env.HEDGEROW, words, { encoding: "utf8" });
  if (done.status !== 0 && !(words[0] === "run" && [1, 5].includes(done.status)))
    throw new Error(`hedgerow ${words.join(" ")} ended with ${done.status}:\n${done.stderr}`);
}

function run(name, config, ...options) {
  const file = join(folder, `${name}.run.json`);
  hedgerow("run", config, "-o", file, "--progress", "none", ...options);
  return JSON.parse(readFileSync(file, "utf8"));
}

function written(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Draws `results`; the page's file and the document that it must show. */
function drawn(name, results) {
  const page = join(folder, `${name}.html`);
  hedgerow("report", written(`${name}.json`, JSON.stringify(results)), "-o", page);
  return { page, results };
}

function articleWithLimits() {
  const limits = `
limits:
  - {name: kept, strategy: second-cloud, measure: total_cost.mean, at_most: 900B USD}
  - {name: breached, strategy: azure-only, measure: total_cost.mean, at_most: 100B USD}
  - {name: on the edge, strategy: second-cloud, measure: total_cost.p99, at_most: 312B USD}
`;
  const config = written("limits.yaml", readFileSync(article, "utf8") + limits);
  return run("article", config, "--paths", "3000", "--set", "outputs.parameter_uncertainty=yes");
}

function eight() {
  const text = readFileSync(minimal, "utf8");
  const more = Array.from({ length: 6 }, (_, n) =>
    `  ${"a-name-that-goes-on-until-fifty-characters-are-full".slice(0, 48)}-${n}:\n` +
    `    training: {placement: {azure.east: ${90 - 10 * n}%, aws.east: ${10 + 10 * n}%}, failover: none}\n`);
  return run("eight", written("eight.yaml", text + more.join("")), "--paths", "2000");
}

/** What hostile hands could write into a results file. */
function altered(results) {
  const quoted = (text) => JSON.stringify(text);
  const text = JSON.stringify(results).replaceAll('"second-cloud"', quoted(hostile.strategy)).replaceAll('"azure"', quoted(hostile.provider));
  const changed = JSON.parse(text);
  changed.title = hostile.title;
  changed.provenance.config.name = hostile.strategy;
  for (const value of changed.provenance.config.values) value.source = hostile.source;
  return changed;
}

/** As after an interruption: no waterfall, no break-even, no story. */
function interrupted(results) {
  const less = structuredClone(results);
  less.complete = false;
  for (const comparison of less.comparisons) {
    delete comparison.waterfall;
    comparison.break_even_discount = [];
  }
  for (const strategy of Object.values(less.strategies)) delete strategy.story;
  return less;
}

/** As of a version that wrote no verdict, and nothing of what the deal is above all. */
function older(results) {
  const less = structuredClone(results);
  for (const strategy of Object.values(less.strategies)) delete strategy.held_by;
  for (const comparison of less.comparisons) {
    const { waterfall } = comparison;
    delete comparison.verdict;
    delete waterfall.kinds;
    delete waterfall.above_all;
  }
  return less;
}

/** No error is known anywhere. */
function withoutErrors(results) {
  return JSON.parse(JSON.stringify(results), (key, value) =>
    key === "se" ? null : key === "ci" && Array.isArray(value) ? [null, null] : value);
}

export function makePages() {
  const full = articleWithLimits();
  const pages = {
    article: drawn("article", full),
    one: drawn("one", run("one", minimal, "--paths", "2000", "--strategies", "azure-only")),
    eight: drawn("eight", eight()),
    hostile: drawn("hostile", altered(full)),
    interrupted: drawn("interrupted", interrupted(full)),
    unknown: drawn("unknown", withoutErrors(full)),
    older: drawn("older", older(full)),
  };
  return pages;
}
