// The table as the page knows it: the server's routes flattened into rows, one for each target, and
// beside them the routes of instances that are not well.

import { bySource, hostRank, inMatchOrder } from './order.js';

export class TableModel {
  #routes = new Map();
  #absent = [];
  #hostGlobs;
  #listed = null;

  /** Version of the table on the server that this is a copy of; empty before the first. */
  version = '';

  /** In the order in which a request is matched; within a route in that of the server. */
  rows = [];

  /** Whether the instances that are not well are known too. */
  isWhole = false;

  services = 0;
  absentCount = 0;

  /** @param hostGlobs whether hosts may be patterns */
  constructor({ hostGlobs = true } = {}) {
    this.#hostGlobs = hostGlobs;
  }

  get routeCount() {
    return this.#routes.size;
  }

  get targetCount() {
    return this.rows.length - this.absentCount;
  }

  /** Takes a whole table. Returns what changed, or null the first time. */
  load({ version, routes }) {
    const first = this.version === '';
    const older = this.#routes;
    const tally = newTally();
    this.#routes = new Map();
    for (const wire of routes) {
      const source = wire.host + wire.path;
      this.#routes.set(source, first ? this.#route(wire) : this.#merged(older.get(source), wire, tally));
      older.delete(source);
    }
    for (const gone of older.values()) {
      tally.removed += gone.rows.length;
    }
    this.version = version;
    this.#arrange();
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
      this.#routes.set(source, this.#merged(this.#routes.get(source), wire, tally));
    }
    for (const source of removed) {
      tally.removed += this.#routes.get(source)?.rows.length ?? 0;
      this.#routes.delete(source);
    }
    this.version = version;
    this.#arrange();
    return tally;
  }

  /** Takes the routes of instances that are not well. */
  lack(list) {
    this.isWhole = true;
    this.#absent = list.map((wire) => {
      const [host, path] = hostAndPath(wire.source);
      const made = this.#route({ host, path, targets: [{ ...wire, weight: 0 }] });
      return made.rows[0];
    });
    this.#arrange();
  }

  /**
   * Takes how targets are doing: `[place, requests/s, errors/s, p50 ms, p99 ms, open, [status]]` of
   * those that have traffic. Returns whether they fit to this version of the table.
   */
  count({ version, targets }) {
    if (version !== this.version) {
      return false;
    }
    this.#listed ??= [...this.#routes.values()].sort(bySource).flatMap((each) => each.rows);
    for (const row of this.#listed) {
      row.live = null;
    }
    for (const [place, rate, errors, p50, p99, open, codes] of targets) {
      this.#listed[place].live = { rate, errors, p50, p99, open, codes };
    }
    return true;
  }

  #arrange() {
    this.#listed = null;
    const sorted = [...this.#routes.values()].sort(inMatchOrder);
    const live = sorted.flatMap((each) => each.rows);
    this.services = new Set(live.map((row) => row.service)).size;
    // After an outage a route may stay although its instance is not well yet.
    const present = this.#absent.length ? new Set(live.map(keyOf)) : null;
    const absent = this.#absent.filter((row) => !present.has(keyOf(row)));
    this.absentCount = absent.length;
    this.rows = absent.length ? merge(live, absent) : live;
  }

  #route({ host, path, targets }) {
    const made = { host, path, source: host + path, rank: hostRank(host, this.#hostGlobs), rows: [] };
    made.rows = targets.map((target) => row(made, target));
    return made;
  }

  /** A route as it is now, its new and altered rows marked with the time. */
  #merged(before, wire, tally) {
    const after = this.#route(wire);
    const left = new Map((before?.rows ?? []).map((each) => [each.service + ' ' + each.dst, each]));
    for (const each of after.rows) {
      const key = each.service + ' ' + each.dst;
      const old = left.get(key);
      left.delete(key);
      if (!old) {
        tally.added++;
        each.changedAt = performance.now();
        continue;
      }
      each.live = old.live;
      if (old.text !== each.text || old.weight !== each.weight) {
        tally.altered++;
        each.changedAt = performance.now();
      } else {
        each.changedAt = old.changedAt;
      }
    }
    tally.removed += left.size;
    return after;
  }
}

const newTally = () => ({ added: 0, removed: 0, altered: 0 });

/** What tells a row from all others, and is part of an address. */
export const keyOf = ({ service, route, dst }) => `${service} ${route.source} ${dst}`;

function row(of, target) {
  return {
    ...target,
    route: of,
    text: searchable(of, target),
    low: { host: of.host.toLowerCase(), path: of.path.toLowerCase(), service: target.service.toLowerCase(),
      tags: target.tags.map((tag) => tag.toLowerCase()) },
    live: null,
    changedAt: 0,
  };
}

/** What a filter looks at: one line for each thing, so that no word spans two of them. */
function searchable({ source }, { service, dst, opts, tags, origin, reason }) {
  const unwell = reason ? `\nunhealthy\n${reason}` : '';
  return `${service}\n${source}\n${dst}\n${opts}\n${tags.join(' ')}\n${origin.kind} ${origin.name} ${origin.detail}${unwell}`.toLowerCase();
}

/** A source as it is written in a tag. */
function hostAndPath(source) {
  const slash = source.indexOf('/');
  if (source.startsWith(':')) {
    return [source.toLowerCase(), ''];
  }
  return slash < 0 ? [source.toLowerCase(), '/'] : [source.slice(0, slash).toLowerCase(), source.slice(slash)];
}

/** Two lists as one; what is not well comes after the targets of the same route. */
function merge(live, absent) {
  const sorted = [...absent].sort((a, b) => inMatchOrder(a.route, b.route));
  const all = [];
  let at = 0;
  for (const each of sorted) {
    while (at < live.length && inMatchOrder(live[at].route, each.route) <= 0) {
      all.push(live[at++]);
    }
    all.push(each);
  }
  return all.concat(live.slice(at));
}
