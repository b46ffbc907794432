// The report page in a real browser: what it shows is what the results say, for everybody who reads it.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { launch, open, phone, violations, wide } from "./browser.mjs";
import { hostile, makePages } from "./pages.mjs";
import { differing, misprinted, readable } from "./tables.mjs";

const pictures = process.env.HEDGEROW_PICTURES;
const figures = ["exceedance", "distribution", "outage-curves", "fan", "limits", "waterfall", "causes", "tail", "concentration",
  "corridor", "regimes", "market", "story", "uncertainty"];
const pointed = ["exceedance", "distribution", "outage-curves", "fan", "causes", "tail", "story"]; // at with a mouse
const fewest = 6; // cells with a place in the results behind each chart

const pages = makePages();
let browser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launch();
});
after(() => browser.close());

/** Opens a page, hands it to `check`, and wants it to have kept quiet. */
const on = (name, options, check) => async () => {
  const tab = await open(browser, pages[name].page, options);
  try {
    await check(tab, pages[name].results);
    assert.deepEqual(tab.problems, []);
  } finally {
    await tab.close();
  }
};

// As one text: thousands of objects would take seconds on their way out of the browser.
const cells = async (tab) => JSON.parse(await tab.$$eval("tr", (rows) => JSON.stringify(rows.flatMap((line, row) =>
  [...line.querySelectorAll("[data-pointer]")].map((cell) => ({
    row, figure: cell.closest("figure")?.id ?? "", pointer: cell.dataset.pointer, value: cell.dataset.value, text: cell.textContent,
  }))))));

/** What is odd about the charts: not drawn, without a table, without words, or with numbers that are none. */
const odd = (tab) => tab.$$eval("figure.chart", (all) => all.flatMap((figure) => {
  const wrong = [];
  const drawings = [...figure.querySelectorAll(".canvas [role=img]")];
  const marks = drawings.flatMap((one) => [...one.querySelectorAll("path, rect, circle, line")])
    .filter((mark) => { const { width, height } = mark.getBoundingClientRect(); return width + height > 0; });
  if (marks.length < 3) wrong.push(`${marks.length} marks`);
  if (!figure.querySelector("details table tbody tr")) wrong.push("no table");
  if (!figure.querySelector("h3")?.textContent.trim()) wrong.push("no finding");
  for (const one of figure.querySelectorAll(".canvas [role=img]"))
    if ((one.getAttribute("aria-label") ?? "").length < 20) wrong.push("a drawing without words");
  if (/NaN|Infinity|undefined|\[object/.test(figure.innerHTML)) wrong.push(`shows ${figure.innerHTML.match(/.{30}(NaN|Infinity|undefined|\[object)/)?.[0]}`);
  return wrong.map((what) => `${figure.id}: ${what}`);
}));

// A phone widens its window to a page that is too wide: innerWidth would not tell.
const tooWide = (tab, width) => tab.evaluate((width) => Math.max(0, document.scrollingElement.scrollWidth - width), width);

/** Every cell of the tables with a place in the results has the value there, and says so. */
async function tablesAgree(tab, name, results) {
  const all = await cells(tab);
  assert.deepEqual(all.filter((cell) => differing(results, cell)).slice(0, 5), []);
  assert.deepEqual(all.filter(misprinted).slice(0, 5), []);
  const twice = all.filter((cell, i) => i > 0 && /\/ci\/[01]$/.test(cell.pointer) && cell.row === all[i - 1].row && cell.pointer === all[i - 1].pointer);
  assert.deepEqual(twice.slice(0, 5), [], "an interval has two ends");
  const behind = all.filter((cell) => cell.figure !== "");
  assert.ok(behind.filter(readable).length > 0.9 * behind.length, "what most cells print can be read as their number");
  const drawn = await tab.$$eval("figure.chart", (found) => found.map((figure) => figure.id));
  for (const id of drawn)
    assert.ok(all.filter((cell) => cell.figure === id).length >= fewest, `${id} shows too few numbers of the results`);
  if (name === "article") assert.deepEqual(figures.filter((id) => !drawn.includes(id)), []);
}

describe("every page", () => {
  for (const name of Object.keys(pages))
    for (const width of [wide, phone])
      it(`${name} at ${width} px is drawn, quiet, as wide as its window, and as the results say`, on(name, { width }, async (tab) => {
        assert.deepEqual(await odd(tab), []);
        assert.equal(await tooWide(tab, width), 0, "px too wide");
        const text = await tab.$eval("main", (main) => main.innerText);
        assert.doesNotMatch(text, /\b(NaN|Infinity|undefined|null)\b|\[object/);
        if (width === wide) await tablesAgree(tab, name, pages[name].results);
        if (name === "article" || name === "eight") await tab.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
      }));
});

describe("hands", () => {
  const settled = (tab) => tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const texts = (tab, id) => tab.$eval(`#${id} .canvas`, (canvas) => canvas.textContent);

  it("a pointer over a chart shows the numbers there, and they go with it", on("article", {}, async (tab) => {
    for (const id of pointed) {
      const drawing = await tab.$(`#${id} .canvas [role=img]`);
      await drawing.scrollIntoView();
      const said = () => drawing.evaluate((one) => one.textContent);
      const before = await said();
      const { x, y, width, height } = await drawing.boundingBox();
      const shown = new Set();
      for (let step = 0; step < 36 && shown.size < 2; ++step) {
        await tab.mouse.move(x + (0.14 + 0.08 * (step % 9)) * width, y + (0.45 + 0.15 * Math.floor(step / 9)) * height);
        await settled(tab);
        if (await said() !== before) shown.add(await said());
      }
      assert.equal(shown.size, 2, `${id} says too little under the pointer`);
      for (const text of shown) assert.ok(text.length > before.length + 5, `${id} says too little`);
      await tab.mouse.move(x + width / 2, Math.max(0, y - 60));
      await settled(tab);
      assert.equal(await said(), before, `${id} keeps showing what was under the pointer`);
    }
  }));

  it("a strategy that is not wanted leaves the charts and comes back", on("article", {}, async (tab) => {
    const keys = () => tab.$$eval("#exceedance .legend .key", (found) => found.map((key) => key.textContent));
    const shapes = () => tab.$$eval("#exceedance .canvas [role=img] path", (found) => found.length);
    const [names, paths] = [await keys(), await shapes()];
    assert.equal(names.length, 3);
    const boxes = await tab.$$("#strategies input[type=checkbox]");
    await boxes[1].click();
    assert.deepEqual(await keys(), [names[0], names[2]]);
    assert.ok(await shapes() < paths);
    await boxes[1].press("Space");
    assert.deepEqual(await keys(), names);
    assert.equal(await shapes(), paths);
    for (const box of boxes) await box.click();
    assert.match(await texts(tab, "exceedance"), /No strategy/);
  }));

  it("total cost and loss are two views", on("article", {}, async (tab) => {
    const radios = await tab.$$("#exceedance .views input[type=radio]");
    assert.equal(radios.length, 2);
    const before = await texts(tab, "exceedance");
    await radios[1].click();
    assert.notEqual(await texts(tab, "exceedance"), before);
    await radios[0].click();
    assert.equal(await texts(tab, "exceedance"), before);
  }));

  it("the scheme can be chosen", on("article", {}, async (tab) => {
    const paper = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await tab.click("#scheme");
    assert.notEqual(await paper(), light);
    await tab.click("#scheme");
    assert.equal(await paper(), light);
  }));

  it("by keyboard: over the head to the answer, tables opened, wide ones reached", on("article", {}, async (tab) => {
    await tab.keyboard.press("Tab");
    assert.equal(await tab.evaluate(() => document.activeElement.className), "skip");
    await tab.keyboard.press("Enter");
    assert.equal(await tab.evaluate(() => document.activeElement.id), "main");
    for (const key of ["Enter", "Space"]) {
      await tab.focus("#exceedance summary");
      await tab.keyboard.press(key);
      assert.equal(await tab.$eval("#exceedance details", (details) => details.open), key === "Enter");
    }
    await tab.keyboard.press("Enter");
    await tab.keyboard.press("Tab");
    assert.equal(await tab.evaluate(() => document.activeElement.getAttribute("role")), "region");
    assert.notEqual(await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
  }));

  it("assumptions are found by their words", on("article", {}, async (tab) => {
    const rows = () => tab.$$eval("#assumptions tbody tr", (all) => all.filter((row) => row.checkVisibility()).length);
    await tab.$$eval("#assumptions details", (all) => all.forEach((one) => { one.open = true; }));
    const all = await rows();
    assert.ok(all > 100, `${all} rows`);
    await tab.type("#filter", "discount");
    const found = await rows();
    assert.ok(found > 0 && found < all / 4, `${found} of ${all}`);
    await tab.type("#filter", " that nobody wrote");
    assert.equal(await rows(), 0);
  }));
});

describe("everybody", () => {
  for (const scheme of ["light", "dark"])
    for (const width of [wide, phone])
      it(`axe finds nothing in ${scheme} colours at ${width} px`, on("article", { width, scheme }, async (tab) => {
        if (scheme === "dark") await tab.screenshot({ path: join(pictures, `dark-${width}.png`), fullPage: true });
        const unfold = (most) => tab.$$eval("details", (all, most) => all.slice(0, most).forEach((one) => { one.open = true; }), most);
        await unfold(2); // all of them would take axe half a minute
        assert.deepEqual(await violations(tab), []);
        await unfold(1000);
        assert.equal(await tooWide(tab, width), 0, "px too wide with its tables open");
      }));
});

describe("results that mean harm", () => {
  it("are shown as they are written", on("hostile", {}, async (tab) => {
    assert.equal(await tab.$eval("h1", (title) => title.textContent), hostile.title);
    const text = await tab.$eval("main", (main) => main.textContent);
    for (const name of [hostile.strategy, hostile.provider, hostile.source]) assert.ok(text.includes(name), `${name} is not shown`);
    assert.equal(await tab.$$eval("img, b[onclick], iframe, object", (found) => found.length), 0);
    assert.equal(await tab.$$eval("script", (found) => found.length), 3);
    assert.equal(await tab.$$eval("a[href]", (found) => found.filter((link) => /^javascript/i.test(link.getAttribute("href"))).length), 0);
  }));
});

describe("the answer", () => {
  /** Of each card: its heading, and its verdict as one text by label. */
  const breakable = (text) => text.replace(/[\u202f\u00a0]/g, " ");
  const cards = async (tab) => JSON.parse(breakable(JSON.stringify(await tab.$$eval(".card", (all) => all.map((card) => ({
    title: card.querySelector("h3").textContent,
    told: [
      ...(card.querySelector(".headline") ? [["Cost", [...card.querySelector(".headline").childNodes].map((part) => part.textContent).join("; ")]] : []),
      ...[...card.querySelectorAll("dl > div")].map((row) => [row.querySelector("dt").textContent, row.querySelector("dd").textContent]),
    ],
  }))))));

  it("is that of the results, sentence by sentence", on("article", {}, async (tab, results) => {
    const shown = await cards(tab);
    const [reference, ...others] = Object.keys(results.strategies);
    assert.deepEqual(shown.map(({ title }) => title), [reference, ...others.map((name) => `${name} against ${reference}`)]);
    for (const [n, name] of others.entries()) {
      const verdict = results.comparisons[n].verdict.map(({ label, text }) => [label, text]);
      assert.deepEqual(verdict.map(([label]) => label), ["Cost", "Tail", "Why", "Prices", "Held by"]);
      assert.deepEqual(shown[n + 1].told.slice(0, verdict.length), verdict);
    }
    assert.deepEqual(shown[0].told[1], ["Held by", results.strategies[reference].held_by]);
  }));

  it("is missing from older results, which is said, and their numbers are shown", on("older", {}, async (tab, results) => {
    const shown = await cards(tab);
    assert.equal(shown.length, Object.keys(results.strategies).length);
    for (const { told } of shown) assert.ok(told.some(([label, text]) => label === "Total cost, mean" && /\d/.test(text)));
    const notes = await tab.$$eval(".card .note", (all) => all.filter((note) => /did not write its verdict/.test(note.textContent)).length);
    assert.equal(notes, results.comparisons.length);
  }));

  it("an end of the corridor at which no test fails is not shown as one", on("article", {}, async (tab, results) => {
    const { from, to, fails_below } = results.strategies["azure-only"].providers.azure.corridor.corridor;
    assert.deepEqual([from, fails_below], [0.001, null]);
    const text = await tab.$eval("#corridor", (figure) => figure.textContent);
    assert.doesNotMatch(text, /0\.1\s*%/);
    assert.ok(breakable(text).includes(`azure has 100 %; up to ${(100 * to).toFixed(1)} % would be`));
  }));
});

describe("results of every kind", () => {
  it("an interrupted run says so first", on("interrupted", {}, async (tab) => {
    const text = await tab.$eval("body", (body) => body.innerText);
    assert.match(text.slice(0, 1500), /interrupted|not complete|incomplete/i);
    const whole = await open(browser, pages.article.page);
    assert.doesNotMatch((await whole.$eval("body", (body) => body.innerText)).slice(0, 1500), /interrupted|not complete|incomplete/i);
    await whole.close();
  }));

  it("limits show their verdicts", on("article", {}, async (tab, results) => {
    const text = await tab.$eval("main", (main) => main.innerText.toLowerCase());
    for (const { name, verdict } of results.limits)
      assert.ok(text.includes(name) && text.includes(verdict), `${name}: ${verdict}`);
  }));

  it("assumptions of the config stand apart from what has a source", on("article", {}, async (tab, results) => {
    const heads = await tab.$$eval("#assumptions summary", (all) => all.map((one) => one.textContent));
    const number = (fits) => results.provenance.config.values.filter(fits).length;
    for (const [name, of] of [
      ["Configured, assumed", number(({ origin }) => origin === "own_assumption")],
      ["Configured, without a source", number(({ origin, source }) => origin === "configured" && !source)],
      ["Configured", number(({ origin, source }) => origin === "configured" && source)],
    ]) {
      assert.ok(of > 0);
      assert.ok(heads.some((head) => head.startsWith(`${name} ${of} `)), `${name} ${of}: ${heads}`);
    }
  }));

  it("one strategy needs no choice of strategies", on("one", {}, async (tab) => {
    assert.equal((await tab.$$("#strategies")).length, 0);
  }));

  it("eight strategies can be told apart", on("eight", {}, async (tab) => {
    const looks = await tab.$$eval("#strategies label line", (found) => found.map((line) => `${line.getAttribute("stroke")} ${line.getAttribute("stroke-dasharray")}`));
    assert.equal(new Set(looks).size, 8);
  }));
});

describe("paper", () => {
  it("prints on more than one page, with light colours", on("article", { scheme: "dark" }, async (tab) => {
    const sheet = Buffer.from(await tab.pdf({ format: "A4", path: join(pictures, "article.pdf") })).toString("latin1");
    assert.ok(sheet.startsWith("%PDF-"));
    const sheets = (sheet.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
    assert.ok(sheets > 1 && sheets < 80, `${sheets} pages`);
    await tab.emulateMediaType("print");
    const [red] = (await tab.evaluate(() => getComputedStyle(document.body).backgroundColor)).match(/\d+/g).map(Number);
    assert.ok(red > 200, "dark paper");
  }));
});
