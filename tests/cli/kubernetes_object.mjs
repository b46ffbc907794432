// What the schema of Kubernetes finds wrong with the object on standard input (JSON): a list, empty where it is right.
// The schema is that of kubernetes-models, which makes a function of each type of the API. Those let unknown keys
// pass; a key that none of them looks at is one.

import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";

const capital = (word) => word[0].toUpperCase() + word.slice(1);
const object = JSON.parse(readFileSync(0, "utf8"));
const type = object.apiVersion.split("/").map(capital).join("") + object.kind;
const schemas = path.join(process.env.HEDGEROW_NODE_PACKAGES, "node_modules", "kubernetes-models", "_schemas");
const {validate} = createRequire(import.meta.url)(path.join(schemas, `IoK8sApi${type}.js`));

/** Notes in `seen` which values of the object are read, by their JSON pointer. */
function watched(value, pointer, seen) {
  if (value === null || typeof value !== "object") return value;
  return new Proxy(value, {
    get(target, key) {
      if (!Object.hasOwn(target, key) || typeof key !== "string") return target[key];
      seen.add(`${pointer}/${key}`);
      return watched(target[key], `${pointer}/${key}`, seen);
    },
  });
}

function* pointers(value, pointer = "") {
  if (value === null || typeof value !== "object") return;
  for (const [key, inner] of Object.entries(value)) {
    yield `${pointer}/${key}`;
    yield* pointers(inner, `${pointer}/${key}`);
  }
}

const seen = new Set();
const wrong = [];
if (!validate(watched(object, "", seen)))
  wrong.push(...validate.errors.map(({instancePath, keyword, params}) => `${instancePath}: ${keyword} ${JSON.stringify(params)}`));
for (const pointer of pointers(object)) if (!seen.has(pointer)) wrong.push(`${pointer}: unknown`);
process.stdout.write(JSON.stringify(wrong));
