// The table as the page knows it: the server's routes flattened into rows, one for each target.

const byHostThenPath = (a, b) =>
  a.host < b.host ? -1 : a.host > b.host ? 1 : a.path > b.path ? -1 : a.path < b.path ? 1 : 0;

export class TableModel {
  #routes = new Map();

  /** Version of the table on the server that this is a copy of; empty before the first. */
  version = '';

  /** In table order: hosts ascending, paths descending, targets in insertion order. */
  rows = [];

  services = 0;

  get routeCount() {
    return this.#routes.size;
  }

  /** Takes a whole table. Returns what changed, or null the first time. */
  load({ version, routes }) {
    const first = this.version === '';
    const older = this.#routes;
    const tally = newTally();
    this.#routes = new Map();
    for (const wire of routes) {
      const source = wire.host + wire.path;
      this.#routes.set(source, first ? route(wire) : merged(older.get(source), wire, tally));
      older.delete(source);
    }
    for (const gone of older.values()) {
      tally.removed += gone.rows.length;
    }
    this.#flatten(version);
    return first ? null : tally;
  }

  /** Takes a difference. Returns what changed, or null if it does not fit to this version. */
  apply({ from, version, changed, removed }) {
    if (from !== this.version || !changed) {
      return null;
    }
    const tally = newTally();
    for (const wire of changed) {
      const source = wire.host + wire.path;
      this.#routes.set(source, merged(this.#routes.get(source), wire, tally));
    }
    for (const source of removed) {
      tally.removed += this.#routes.get(source)?.rows.length ?? 0;
      this.#routes.delete(source);
    }
    this.#flatten(version);
    return tally;
  }

  #flatten(version) {
    const sorted = [...this.#routes.values()].sort(byHostThenPath);
    this.#routes = new Map(sorted.map((each) => [each.source, each]));
    this.rows = sorted.flatMap((each) => each.rows);
    this.services = new Set(this.rows.map((row) => row.service)).size;
    this.version = version;
  }
}

const newTally = () => ({ added: 0, removed: 0, altered: 0 });

function route({ host, path, targets }) {
  const made = { host, path, source: host + path, rows: [] };
  made.rows = targets.map((target) => row(made, target));
  return made;
}

function row(of, target) {
  return {
    ...target,
    route: of,
    text: searchable(of, target),
    changedAt: 0,
  };
}

/** What a filter looks at: one line for each thing, so that no word spans two of them. */
function searchable({ source }, { service, dst, opts, tags, origin }) {
  return `${service}\n${source}\n${dst}\n${opts}\n${tags.join(' ')}\n${origin.kind} ${origin.name} ${origin.detail}`.toLowerCase();
}

/** A route as it is now, its new and altered rows marked with the time. */
function merged(before, wire, tally) {
  const after = route(wire);
  const left = new Map((before?.rows ?? []).map((each) => [each.service + ' ' + each.dst, each]));
  for (const each of after.rows) {
    const key = each.service + ' ' + each.dst;
    const old = left.get(key);
    left.delete(key);
    if (!old) {
      tally.added++;
      each.changedAt = performance.now();
    } else if (old.text !== each.text || old.weight !== each.weight) {
      tally.altered++;
      each.changedAt = performance.now();
    } else {
      each.changedAt = old.changedAt;
    }
  }
  tally.removed += left.size;
  return after;
}

/** The words of a filter, in lower case. */
export const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Rows that contain every word of the filter, in any case. */
export function filtered(rows, text) {
  const all = words(text);
  return all.length === 0 ? rows : rows.filter((each) => all.every((word) => each.text.includes(word)));
}
