// The page, from top to bottom.

import { charts } from "./charts/all.ts";
import { controls } from "./controls.ts";
import { append, el } from "./dom.ts";
import { Figure } from "./figure.ts";
import { head } from "./head.ts";
import { assumptions } from "./assumptions.ts";
import { provenance } from "./provenance.ts";
import type { Results } from "./results.ts";
import { Study, type Strategy } from "./study.ts";
import { verdict } from "./verdict.ts";

function build(study: Study): void {
  const figures: Figure[] = [];
  let shown: Strategy[] = study.strategies;
  const redraw = () => figures.forEach((figure) => figure.draw(shown));

  document.title = `${study.results.title || "Results"} · Hedgerow`;
  append(document.getElementById("head")!, head(study));
  const sections = charts(study).map(({ id, title, charts }) => {
    const drawn = charts.map((chart) => new Figure(chart));
    figures.push(...drawn);
    return el("section", { "aria-labelledby": id }, el("h2", { id }, title), drawn.map((figure) => figure.element));
  });
  const choose = controls(study, (chosen) => {
    shown = chosen;
    redraw();
  });
  append(document.getElementById("main")!, [verdict(study), choose, sections, assumptions(study), provenance(study)]);

  redraw();
  let waiting = 0;
  new ResizeObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => figures.forEach((figure) => figure.fit()));
  }).observe(document.getElementById("main")!);
}

function start(): void {
  const main = document.getElementById("main")!;
  let results: Results;
  try {
    results = JSON.parse(document.getElementById("results")!.textContent ?? "") as Results;
  } catch {
    append(main, [el("h1", {}, "This page holds no results"), el("p", {}, "Make one with: hedgerow report RESULTS.json -o FILE.html")]);
    return;
  }
  build(new Study(results));
  document.documentElement.dataset.ready = "true";
}

start();
