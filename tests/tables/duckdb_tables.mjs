// Reads CSV tables with DuckDB: `duckdb_tables.mjs FOLDER` with {table: [numeric columns]} on standard input
// writes {table: {rows, sums: {column: sum}}}.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.HEDGEROW_NODE_PACKAGES, "package.json"));
const {DuckDBInstance} = require("@duckdb/node-api");

const folder = process.argv[2];
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const found = {};
for (const [table, columns] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const sums = columns.map((column, i) => `, sum(CAST("${column}" AS DOUBLE)) AS s${i}`).join("");
  const file = path.join(folder, `${table}.csv`).replaceAll("'", "''");
  const reader = await connection.runAndReadAll(
    `SELECT count(*) AS n${sums} FROM read_csv('${file}', header = true, sample_size = -1)`);
  const [row] = reader.getRows();
  found[table] = {rows: Number(row[0]), sums: Object.fromEntries(columns.map((column, i) => [column, row[i + 1]]))};
}
process.stdout.write(JSON.stringify(found));
