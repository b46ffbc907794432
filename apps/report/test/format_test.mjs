// How numbers are shown: by the rules of the terminal (tests/unit/apps/results of format.cpp).
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test, { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "report-test-"));
after(() => rmSync(folder, { recursive: true }));
const source = join(dirname(fileURLToPath(import.meta.url)), "../src/format.ts");
await build({ entryPoints: [source], outfile: join(folder, "format.mjs"), format: "esm", logLevel: "error" });
const f = await import(pathToFileURL(join(folder, "format.mjs")).href);
const spaces = (text) => text.replaceAll(f.thin, " ");

test("an error decides the digits", () => {
  const billions = f.scaleFor(5.3e9);
  assert.equal(f.withError(-5323387298.6, 1.96 * 24655210, billions), "\u22125.32 ± 0.05");
  assert.equal(f.withError(230.014, 0.226), "230.0 ± 0.2");
  assert.equal(f.withError(1234567, 1500), `1${f.thin}234${f.thin}567 ± 1${f.thin}500`);
});

test("an error that is not known is not 0", () => {
  assert.equal(f.withError(4.5123, null), "4.51 ± ?");
  assert.equal(f.withError(4.5123, 0), "4.51");
  assert.equal(f.withError(null, null), "unknown");
  assert.equal(f.estimate({ value: 100, se: 1 }), "100 ± 2");
  assert.equal(f.estimate({ value: 100, se: 0.5 }), "100.0 ± 1.0");
});

test("an interval may lack an end", () => {
  assert.equal(f.withInterval(331.2, [329.4, 332.1]), "331 [329, 332]");
  assert.equal(f.withInterval(331.2, [329.4, null]), "331 [329, ?]");
  assert.equal(f.withInterval(0, [0, 0]), "0 [0, 0]");
});

test("scales are those of the terminal", () => {
  assert.deepEqual([9999, 10000, 1e6, -1e9].map((value) => f.scaleFor(value).name), ["", "k", "M", "B"]);
});

test("numbers of a sentence are not broken", () => {
  assert.equal(f.unbroken("5.3 ± 0.05 B USD (2.3 %), on 1 600 of 16 777 216 paths, 3 in 2028-11"),
    "5.3\u00a0±\u00a00.05 B USD (2.3\u00a0%), on 1\u202f600 of 16\u202f777\u202f216 paths, 3 in 2028-11");
});

test("odds, months, lists", () => {
  assert.equal(spaces(f.oneIn(0.0001)), "1 in 10 000");
  assert.equal(f.oneIn(1 - 0.99), "1 in 100");
  assert.equal(f.calendar("2026-01", 34), "2028-11");
  assert.equal(f.calendar("2026-11", 2), "2027-01");
  assert.equal(f.list(["a", "b", "c"]), "a, b and c");
  assert.equal(spaces(f.plainPercent(0.059375)), "5.9 %");
  assert.deepEqual([0, 0.0001, 0.05, 0.5, 0.984, 0.999, 0.99999, 1].map((share) => spaces(f.plainPercent(share))),
    ["0 %", "0.01 %", "5 %", "50 %", "98 %", "99.9 %", "99.999 %", "100 %"]);
});
