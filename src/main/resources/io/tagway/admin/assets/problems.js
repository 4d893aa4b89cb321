// What is wrong with tags and lines, until it is mended.

import { h } from './dom.js';
import { count, placeInFull } from './words.js';

/** More than anybody reads at once; the rest is in the API. */
const MOST = 200;

/**
 * Shows the count on a button and the list in the drawer.
 *
 * @param button hidden while there are none
 */
export function problemList({ button, drawer }) {
  let version = null;

  async function open() {
    const problems = await fetchProblems();
    drawer.show('problems', {
      title: problems.length ? count(problems.length, 'problem') : 'No problems',
      content: [
        h('p', { class: 'hint' }, 'These tags and lines are skipped; all others are in use.'),
        h('ol', { class: 'problem-list' }, ...problems.slice(0, MOST).map(item)),
        ...(problems.length > MOST
          ? [h('p', { class: 'hint' }, `${count(problems.length - MOST, 'more is', 'more are')} at `,
              h('a', { href: 'api/status?pretty' }, 'api/status'), '.')]
          : []),
      ],
    });
  }

  button.addEventListener('click', () => drawer.isOpenFor('problems') ? drawer.close() : open());

  return {
    /** The server's status has come. */
    update(status) {
      button.hidden = status.problemCount === 0;
      button.textContent = count(status.problemCount, 'problem');
      if (version !== status.problemsVersion) {
        version = status.problemsVersion;
        if (drawer.isOpenFor('problems')) {
          open();
        }
      }
    },
  };
}

async function fetchProblems() {
  try {
    return (await (await fetch('api/status')).json()).problems;
  } catch {
    return []; // the banner says that the server is lost
  }
}

function item({ origin, text, reason, fits }) {
  return h('li', {},
    h('p', { class: 'where' }, `In ${placeInFull(origin)}`),
    h('code', {}, text),
    h('p', {}, reason),
    ...(fits ? [h('p', { class: 'fits' }, 'What would fit: ', h('code', {}, fits))] : []));
}
