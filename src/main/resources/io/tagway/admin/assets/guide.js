// What the routes view can be asked, for the drawer.

import { h } from './dom.js';

const code = (text) => h('code', {}, text);

/**
 * The guide to filter and order.
 *
 * @param matcher how paths are compared: prefix, iprefix or glob
 */
export function guide({ matcher, hostGlobs, strategy }) {
  return {
    title: 'Filter and order',
    content: [
      h('div', { class: 'guide' },
        h('h3', {}, 'Filter'),
        h('p', {}, 'All words must be found, in any case, anywhere in a row. These look in one place:'),
        h('dl', {},
          ...term('host:shop', 'the host of the source'),
          ...term('path:/api', 'the path of the source'),
          ...term('service:web', 'the name of the service'),
          ...term('tag:canary', 'a tag of the target'),
          ...term('code:5xx', 'targets that answered so within the last minute; also ', code('code:502')),
          ...term('unhealthy', 'instances that get no traffic, with the reason')),
        h('h3', {}, 'By host'),
        h('p', {}, 'Routes stand in the order in which a request is matched. First its host: whole names'
          + (hostGlobs ? ', then patterns, those that give more characters first' : '')
          + ', then routes for any host. Then its path, from top to bottom: the first that fits wins. '
          + MATCHERS[matcher] + ' If no path of a host fits, the next host is tried.'),
        h('p', {}, 'Keys such as ', code(':5432'), ' are for TCP and take no part.'),
        h('h3', {}, 'Shares'),
        h('p', {}, 'Among the targets of a route ', STRATEGIES[strategy], '.'),
        h('h3', {}, 'Keys'),
        h('dl', {},
          ...key('/', 'to the filter'),
          ...key('↑ ↓', 'from row to row; Page Up, Page Down, Home, End'),
          ...key('Enter', 'details of a row'),
          ...key('← →', 'in the head, from column to column; Enter orders by it'),
          ...key('Esc', 'closes the drawer, then clears the filter'))),
    ],
  };
}

const MATCHERS = {
  prefix: 'A path fits if the request’s path begins with it.',
  iprefix: 'A path fits if the request’s path begins with it, in any case.',
  glob: 'A path is a pattern that the whole path of the request must fit.',
};

const STRATEGIES = {
  rnd: 'one is drawn at random for each request, by their shares (proxy.strategy=rnd)',
  rr: 'each has its turn, by their shares (proxy.strategy=rr)',
};

/** How a target is chosen, in a few words. */
export const chosen = (strategy) => (strategy === 'rr' ? 'in turn (rr)' : 'at random (rnd)');

const term = (name, ...meaning) => [h('dt', {}, code(name)), h('dd', {}, ...meaning)];
const key = (name, meaning) => [h('dt', {}, h('kbd', {}, name)), h('dd', {}, meaning)];
