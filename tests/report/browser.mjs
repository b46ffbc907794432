// Debian's Chromium, and pages in it that remember all that went wrong.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.env.HEDGEROW_NODE_PACKAGES}/`);
const puppeteer = require("puppeteer-core");
const axe = require("axe-core").source;

export const wide = 1280, phone = 380;

export const launch = () => puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [...(process.getuid() === 0 ? ["--no-sandbox"] : []), "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"],
});

/** The file in a new tab, drawn. `tab.problems` fills with whatever the page should not do. */
export async function open(browser, file, { width = wide, scheme = "light" } = {}) {
  const tab = await browser.newPage();
  const url = pathToFileURL(file).href;
  tab.problems = [];
  const problem = (what) => tab.problems.push(what);
  tab.on("console", (message) => problem(`console ${message.type()}: ${message.text()}`));
  tab.on("pageerror", (error) => problem(`error: ${error.message}`));
  tab.on("request", (request) => request.url() === url || problem(`request: ${request.url().slice(0, 100)}`));
  tab.on("dialog", (dialog) => {
    problem(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await tab.evaluateOnNewDocument(() => document.addEventListener("securitypolicyviolation",
    (event) => console.error(`policy ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`)));
  await tab.setViewport({ width, height: 900, isMobile: width < 600, hasTouch: width < 600 });
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await tab.goto(url);
  await tab.waitForFunction(() => document.documentElement.dataset.ready === "true", { timeout: 15000 })
    .catch(() => { throw new Error(`not drawn: ${tab.problems.join("; ") || "no word of why"}`); });
  return tab;
}

/** What axe-core finds, as "rule: place". The program of axe comes in by the debugger, past the page's policy. */
export async function violations(tab) {
  await tab.evaluate(axe);
  return tab.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
  });
}
