// The charts of the page in their order; one that the results say nothing of is left out.

import type { Chart } from "../figure.ts";
import type { Study } from "../study.ts";
import { causes } from "./causes.ts";
import { concentration } from "./concentration.ts";
import { corridor } from "./corridor.ts";
import { outageCurves } from "./curves.ts";
import { distribution } from "./distribution.ts";
import { exceedance } from "./exceedance.ts";
import { fan } from "./fan.ts";
import { limits } from "./limits.ts";
import { market, regimes } from "./regimes.ts";
import { story } from "./story.ts";
import { tail } from "./tail.ts";
import { uncertainty } from "./uncertainty.ts";
import { waterfall } from "./waterfall.ts";

export interface Chapter { id: string; title: string; charts: Chart[] }

export function charts(study: Study): Chapter[] {
  const chapters: { id: string; title: string; charts: (Chart | null)[] }[] = [
    { id: "cost", title: "What it costs, and how badly it can go", charts: [exceedance(study), distribution(study), outageCurves(study), fan(study), uncertainty(study)] },
    { id: "appetite", title: "Is the risk appetite kept?", charts: [limits(study)] },
    { id: "why", title: "Why, and at what price", charts: [waterfall(study)] },
    { id: "where", title: "Where the tail comes from, and who holds us", charts: [tail(study), causes(study), concentration(study), corridor(study)] },
    { id: "vendors", title: "What the vendors may become", charts: [regimes(study), market(study)] },
    { id: "one", title: "What a bad path looks like", charts: [story(study)] },
  ];
  return chapters
    .map((chapter) => ({ ...chapter, charts: chapter.charts.filter((chart): chart is Chart => chart != null) }))
    .filter((chapter) => chapter.charts.length);
}
