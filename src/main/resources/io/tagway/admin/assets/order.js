// Orders of routes and rows.

const COLUMNS = {
  source: (row) => row.route.source,
  service: (row) => row.service,
  destination: (row) => row.dst,
  share: (row) => (row.reason ? -1 : row.weight),
  rate: (row) => row.live?.rate ?? 0,
  errors: (row) => (row.live?.rate ? row.live.errors / row.live.rate : 0),
  p50: (row) => row.live?.p50 ?? 0,
  p99: (row) => row.live?.p99 ?? 0,
  open: (row) => row.live?.open ?? 0,
  options: (row) => row.opts,
  tags: (row) => row.tags.join(' '),
  origin: (row) => `${row.origin.kind} ${row.origin.name} ${row.origin.detail}`,
};

/** Columns whose values change all the time. */
export const LIVE = new Set(['rate', 'errors', 'p50', 'p99', 'open']);

const isNumber = (column) => column === 'share' || LIVE.has(column);

/** The first order that a click on a column asks for: where numbers are, the largest come first. */
export const firstOrder = (column) => (isNumber(column) ? `-${column}` : column);

/** What an order is made of, or null if there is no such order: `rate`, `-rate`. */
export function parsed(order) {
  const column = order.replace(/^-/, '');
  return Object.hasOwn(COLUMNS, column) ? { column, descending: order.startsWith('-') } : null;
}

/** Rows in an order, as they are where it is none. The sort is stable. */
export function sorted(rows, order) {
  const by = parsed(order);
  if (!by) {
    return rows;
  }
  const value = COLUMNS[by.column];
  const sign = by.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: value(row) }));
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return keyed.map(({ row }) => row);
}

/** As UTF-8 bytes, which is how the server compares: surrogates above all other units. */
function compare(a, b) {
  if (a === b) {
    return 0;
  }
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const high = isSurrogate(x);
      return high === isSurrogate(y) ? x - y : high ? 1 : -1;
    }
  }
  return a.length - b.length;
}

const isSurrogate = (unit) => unit >= 0xd800 && unit <= 0xdfff;

/** The order in which the server lists routes: hosts ascending, paths descending. */
export const bySource = (a, b) => compare(a.host, b.host) || compare(b.path, a.path);

/**
 * The order in which a request is matched: whole names, then patterns, those with more given
 * characters first, then routes for any host; within a host paths descending, so that of two that
 * begin alike the longer comes first. Ports take no part in HTTP and come last.
 */
export const inMatchOrder = (a, b) =>
  a.host === b.host
    ? compare(b.path, a.path)
    : a.rank.kind - b.rank.kind
      || b.rank.literals - a.rank.literals
      || compare(b.rank.reversed, a.rank.reversed)
      || compare(a.host, b.host);

/** What the place of a host depends on. */
export function hostRank(host, globs) {
  if (host === '') {
    return { kind: 2, literals: 0, reversed: '' };
  }
  if (host.startsWith(':')) {
    return { kind: 3, literals: 0, reversed: '' };
  }
  if (!globs || !/[*?[{\\]/.test(host) || /^\[[0-9a-f:.]+\](:\d+)?$/i.test(host)) {
    return { kind: 0, literals: 0, reversed: '' };
  }
  const port = host.search(/:\d+$/);
  const end = port < 0 ? host.length : port;
  return {
    kind: 1,
    literals: literals(host),
    reversed: [...host.slice(0, end)].reverse().join('') + host.slice(end),
  };
}

/** How many characters of a matching host are given, at least. */
function literals(pattern) {
  let at = 0;

  function sequence(inside) {
    let count = 0;
    while (at < pattern.length && !(inside && ',}'.includes(pattern[at]))) {
      const c = pattern[at++];
      if (c === '{') {
        let fewest = Infinity;
        do {
          fewest = Math.min(fewest, sequence(true));
        } while (pattern[at++] === ',');
        count += fewest;
      } else if (c === '[') {
        at = pattern.indexOf(']', at) + 1 || pattern.length;
      } else if (c !== '*' && c !== '?') {
        at += c === '\\' ? 1 : 0;
        count++;
      }
    }
    return count;
  }

  return sequence(false);
}
