// Writes the page as one file, dist/page.html (or DIR/page.html after --out DIR): script and style
// inline and allowed by their hashes alone. usage: node build.mjs [--out DIR]
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const asked = process.argv.indexOf("--out");
if (asked >= 0 && !process.argv[asked + 1]) throw new Error("--out needs a directory");
const out = resolve(asked >= 0 ? process.argv[asked + 1] : process.env.REPORT_OUT ?? join(here, "dist"));

const bundle = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.ts", "src/page.css"],
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: "iife",
  target: ["es2020", "chrome100", "firefox100", "safari15"],
  charset: "ascii",
  legalComments: "none",
  outdir: out,
});
const text = (ending) => bundle.outputFiles.find((file) => file.path.endsWith(ending)).text.trim();
const script = text(".js"), style = text(".css");

/** The licences of what is bundled, each text once under the packages it covers. */
function licences() {
  const packages = new Set();
  for (const input of Object.keys(bundle.metafile.inputs)) {
    const found = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/);
    if (found) packages.add(found[1]);
  }
  const covered = new Map();
  for (const name of [...packages].sort()) {
    const folder = join(here, "node_modules", name);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const licence = file ? readFileSync(join(folder, file), "utf8").trim() : "no licence file";
    covered.set(licence, [...(covered.get(licence) ?? []), name]);
  }
  return [...covered].map(([licence, names]) => `${names.join(", ")}\n\n${licence}`).join("\n\n----\n\n");
}

const hash = (inline) => `'sha256-${createHash("sha256").update(inline, "utf8").digest("base64")}'`;
const parts = {
  CSP: `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
  SCRIPT: script,
  STYLE: style,
  LICENCES: licences().replace(/[<>&]/g, (sign) => ({ "<": "(", ">": ")", "&": "and" })[sign]),
};
const page = readFileSync(join(here, "src/page.html"), "utf8")
  .replace(/@(CSP|SCRIPT|STYLE|LICENCES)@/g, (_, name) => parts[name]);
if (page.split("@RESULTS@").length !== 2) throw new Error("the page must have the placeholder of the results once");
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "page.html"), page);
console.log(`${join(out, "page.html")}: ${(page.length / 1024).toFixed(0)} KiB`);
