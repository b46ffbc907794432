// Every value in force, by where it comes from, with its source; and a field that filters them.

import { el, linked } from "./dom.ts";
import { capital, count } from "./format.ts";
import type { ConfigValue } from "./results.ts";
import { pointer, type Study } from "./study.ts";

/** What is said of each group, in the order in which they stand. */
const groups: Record<string, string> = {
  configured: "said in the config, with the source it names",
  "configured, assumed": "said in the config, as an assumption",
  "configured, without a source": "said in the config: choices, and numbers that nothing vouches for",
  fitted: "said in the config, by hedgerow fit of an incident log",
  anchored: "defaults with a published anchor",
  assumed: "defaults that are our assumption: look here first",
  neutral: "defaults that switch an effect off or change nothing",
};

interface Row { text: string; element: HTMLElement }
interface Group { rows: Row[]; element: HTMLDetailsElement; counter: HTMLElement }

const shown = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

function row(entry: ConfigValue, index: number): Row {
  const at = pointer(["provenance", "config", "values", index, "value"]);
  return {
    text: `${entry.path} ${shown(entry.value)} ${entry.source}`.toLowerCase(),
    element: el("tr", {},
      el("th", { scope: "row" }, entry.path),
      el("td", { "data-value": String(entry.value), "data-pointer": at }, shown(entry.value)),
      el("td", {}, linked(entry.source ?? ""))),
  };
}

function groupOf({ origin, source }: ConfigValue): string {
  if (origin === "own_assumption") return "configured, assumed";
  return origin === "configured" && !source ? "configured, without a source" : origin;
}

function group(name: string, rows: Row[]): Group {
  const counter = el("span", { class: "count" }, count(rows.length));
  const says = groups[name] ?? "";
  const element = el("details", {},
    el("summary", {}, `${capital(name)} `, counter, says ? ` – ${says}` : ""),
    el("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": `Table: values ${name}` },
      el("table", { class: "values" },
        el("caption", {}, `Values ${name}`),
        el("thead", {}, el("tr", {}, ["Key", "Value", "Source"].map((title) => el("th", { scope: "col" }, title)))),
        el("tbody", {}, rows.map((one) => one.element)))));
  return { rows, element, counter };
}

export function assumptions(study: Study): HTMLElement | null {
  const values = study.results.provenance.config.values ?? [];
  if (!values.length) return null;
  const byGroup = new Map<string, Row[]>(Object.keys(groups).map((name) => [name, []]));
  values.forEach((entry, index) => byGroup.set(groupOf(entry), [...(byGroup.get(groupOf(entry)) ?? []), row(entry, index)]));
  const shownGroups = [...byGroup].filter(([, rows]) => rows.length).map(([name, rows]) => group(name, rows));

  const told = el("p", { class: "reading", role: "status", id: "assumptions-count" });
  const input = el("input", { type: "search", id: "filter", autocomplete: "off", spellcheck: "false" });
  const filter = () => {
    const asked = input.value.trim().toLowerCase().split(/\s+/);
    let left = 0;
    for (const { rows, element, counter } of shownGroups) {
      let matching = 0;
      for (const one of rows) {
        const fits = asked.every((word) => one.text.includes(word));
        one.element.hidden = !fits;
        if (fits) ++matching;
      }
      counter.textContent = count(matching);
      element.hidden = matching === 0;
      element.open = input.value.trim() !== "" && matching > 0;
      left += matching;
    }
    told.textContent = `${count(left)} of ${count(values.length)} values`;
  };
  input.addEventListener("input", filter);
  filter();
  return el("section", { id: "assumptions", "aria-labelledby": "assumptions-title" },
    el("h2", { id: "assumptions-title" }, "What was assumed"),
    el("p", { class: "reading" }, "Every value in force. What the config says carries the source it names, if it names one; what it leaves out is a default, and is marked as one."),
    el("p", { class: "filter" }, el("label", { for: "filter" }, "Find a value"), input),
    told,
    shownGroups.map((one) => one.element));
}
