// The steps of a lookup: hosts as they are tried, and below each that was asked its paths.

import { h } from './dom.js';
import { count } from './words.js';

const HOSTS = {
  absent: 'no route for this very host',
  differs: 'does not fit',
  'no-path': 'fits, but none of its paths does',
  loops: 'fits, but would redirect to this very URL',
  won: 'fits and answers',
  later: 'fits too, but is not asked any more',
};

const SIGNS = { won: '✓', later: '·', absent: '–', differs: '–', 'no-path': '–', loops: '↺' };

/**
 * The section for the `lookup` of an answer.
 *
 * @param tryHost called with another host that may have been meant
 */
export function hostSteps(lookup, tryHost) {
  return h('section', { class: 'steps' },
    h('h2', {}, 'How a route is found',
      h('span', { class: 'aside' }, 'host ', h('code', {}, lookup.host || '(none)'), ', path ', h('code', {}, lookup.path))),
    ...(lookup.nearHosts.length ? [h('p', { class: 'near aside' }, 'Or did you mean ',
      ...lookup.nearHosts.flatMap((host, i) => [i ? ', ' : '', h('button', { type: 'button', onclick: () => tryHost(host) }, host)]), '?')] : []),
    h('ol', { class: 'hosts' }, ...lookup.hosts.map((host) => hostStep(host, lookup))),
    ...(lookup.moreHosts ? [h('p', { class: 'aside' }, `${count(lookup.moreHosts, 'more host')} that do not change the answer.`)] : []));
}

function hostStep({ host, outcome, paths, morePaths }, lookup) {
  return h('li', { class: outcome },
    step(outcome, h('span', { class: 'key' }, host || 'any host'), HOSTS[outcome]),
    ...(paths.length
      ? [h('ol', { class: 'paths' },
          ...paths.map((path) => pathStep(path, lookup)),
          ...(morePaths ? [h('li', { class: 'aside' }, `${count(morePaths, 'more path')}, further off`)] : []))]
      : []));
}

function pathStep({ path, outcome, services }, lookup) {
  return h('li', { class: outcome },
    step(outcome, h('span', { class: 'key' }, ...spelled(path, outcome, lookup)), reason(outcome, lookup.matcher)),
    h('span', { class: 'services' }, services.join(', ')));
}

function step(outcome, key, words) {
  return h('span', { class: 'step' }, h('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[outcome]), key, ' ', h('span', { class: 'words' }, words));
}

function reason(outcome, matcher) {
  switch (outcome) {
    case 'won':
      return matcher === 'glob' ? 'the first pattern that fits' : 'the longest that fits';
    case 'later':
      return matcher === 'glob' ? 'fits too, but comes later' : 'fits too, but is shorter';
    case 'loops':
      return 'fits, but would redirect to this very URL';
    default:
      return 'does not fit';
  }
}

/** A path that does not fit, with what is different in it told apart. */
function spelled(path, outcome, { matcher, path: asked }) {
  if (outcome !== 'differs' || matcher === 'glob') {
    return [path];
  }
  const read = (text) => (matcher === 'iprefix' ? text.toLowerCase() : text);
  let same = 0;
  while (same < path.length && read(path[same]) === read(asked[same] ?? '')) {
    same++;
  }
  return [path.slice(0, same), h('span', { class: 'other' }, path.slice(same))];
}
