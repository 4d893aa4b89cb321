// What stands in the field for the filter, read.

const SHARED = (name) => (row, value) => row.low[name].includes(value);

/** What a prefix looks at. Any other prefix is ordinary text. */
const PREFIXES = {
  host: SHARED('host'),
  path: SHARED('path'),
  service: SHARED('service'),
  tag: (row, value) => row.low.tags.some((tag) => tag.includes(value)),
  code: (row, value) => row.live?.codes.some((code) => fits(String(code), value)) ?? false,
};

/** `502` is one status, `5xx` and `5` are a class. */
function fits(code, value) {
  return code.startsWith(value.replace(/x+$/, ''));
}

/**
 * Reads a filter: words that must all be found, in any case. A word such as `host:shop` is looked
 * for in one place, any other word anywhere.
 *
 * @returns `{isEmpty, isLive, marks, fits(row)}`: whether its answer changes with the traffic, and
 *     the texts to mark
 */
export function filterOf(text) {
  const terms = text.toLowerCase().split(/\s+/).filter(Boolean).map(term).filter(Boolean);
  return {
    isEmpty: terms.length === 0,
    isLive: terms.some(({ name }) => name === 'code'),
    marks: terms.filter(({ name }) => name !== 'code').map(({ value }) => value),
    words: terms.map(({ word }) => word),
    fits: (row) => terms.every(({ test, value }) => test(row, value)),
  };
}

function term(word) {
  const colon = word.indexOf(':');
  const name = word.slice(0, Math.max(0, colon));
  if (!Object.hasOwn(PREFIXES, name)) {
    return { name: '', value: word, word, test: (row, value) => row.text.includes(value) };
  }
  const value = word.slice(colon + 1);
  // While somebody is still writing, nothing is looked for.
  return value && { name, value, word, test: PREFIXES[name] };
}

/** The rows that fit. */
export const filtered = (rows, filter) => (filter.isEmpty ? rows : rows.filter(filter.fits));
