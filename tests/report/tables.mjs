// Cells of the page's tables against the results.

/** The value at a pointer (RFC 6901); undefined where nothing is. */
export const at = (results, pointer) => pointer.split("/").slice(1)
  .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
  .reduce((value, key) => (value === null || typeof value !== "object" || !Object.hasOwn(value, key) ? undefined : value[key]), results);

/** Whether a cell claims another value than stands at its place. */
export function differing(results, cell) {
  const value = at(results, cell.pointer);
  return value === undefined || String(value) !== cell.value;
}

const powers = [0, 2, -3, -6, -9, -12]; // as it is, percent, thousands to trillions

/** The number that a cell begins with, as it is printed; null where it begins with none, like a date. */
const printed = (text) => text.replaceAll("\u2212", "-").replaceAll(/[\u2009\u202f\u00a0 ](?=\d{3})/g, "")
  .match(/^\s*([+-]?\d+(?:\.(\d+))?)(?![\d-])/);

export const readable = ({ value, text }) => value === "null" || (Number.isFinite(Number(value)) && printed(text) !== null);

/** Whether the number that is printed is another than the cell's value, to the digits printed and in any unit. */
export function misprinted({ value, text }) {
  const found = printed(text), number = Number(value);
  if (value === "null" || !Number.isFinite(number) || !found) return false;
  const last = 10 ** -(found[2]?.length ?? 0);
  return !powers.some((power) => Math.abs(Number(found[1]) - number * 10 ** power) <= 0.5001 * last);
}
