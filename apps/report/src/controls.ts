// Which strategies the charts show, and the scheme of colours.

import { el } from "./dom.ts";
import { lineSwatch } from "./figure.ts";
import type { Strategy, Study } from "./study.ts";

/** Checkboxes that hide and show strategies in all charts; nothing to choose with one strategy. */
export function controls(study: Study, changed: (shown: Strategy[]) => void): HTMLElement | null {
  if (!study.several) return null;
  const boxes = study.strategies.map((strategy) => {
    const input = el("input", { type: "checkbox", checked: true, value: strategy.name, name: "strategy" });
    input.addEventListener("change", () => changed(study.strategies.filter((_, i) => boxes[i].input.checked)));
    return { input, label: el("label", {}, input, lineSwatch(strategy.colour, strategy.dash), el("span", {}, strategy.name)) };
  });
  return el("fieldset", { class: "strategies", id: "strategies" }, el("legend", {}, "Strategies in the charts"), boxes.map((box) => box.label));
}

/** Light, dark, or as the reader's system has it. */
export function schemeToggle(): HTMLElement {
  const button = el("button", { type: "button", class: "scheme", id: "scheme" });
  const dark = () => {
    const chosen = document.documentElement.dataset.scheme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const tell = () => { button.textContent = dark() ? "Light colours" : "Dark colours"; };
  button.addEventListener("click", () => {
    document.documentElement.dataset.scheme = dark() ? "light" : "dark";
    tell();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  tell();
  return button;
}
