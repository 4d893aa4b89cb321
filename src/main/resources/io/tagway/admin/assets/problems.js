// What is wrong with tags and lines, until it is mended.

import { h } from './dom.js';
import { clockTime, count, placeInFull } from './words.js';

/** More than anybody reads at once; the rest is in the API. */
const MOST = 200;

/**
 * Shows the count on a button and the list in the drawer.
 *
 * @param button hidden while there are none
 */
export function problemList({ button, drawer }) {
  let version = null;
  let backend = 'consul';
  let problems = [];
  let readAt = null;
  let reading = 0;

  async function open() {
    const first = !drawer.isOpenFor('problems');
    const number = ++reading;
    let isNew = true;
    try {
      const response = await fetch('api/status');
      if (!response.ok) {
        throw new Error(response.statusText);
      }
      const answer = await response.json();
      if (number !== reading) {
        return; // asked again meanwhile
      }
      problems = answer.problems;
      readAt = new Date();
    } catch {
      isNew = false;
    }
    if (number !== reading || (!first && !drawer.isOpenFor('problems'))) {
      return;
    }
    show(isNew);
    if (first) {
      drawer.focus();
    }
  }

  function show(isNew) {
    button.setAttribute('aria-expanded', true);
    drawer.show('problems', {
      title: problems.length ? count(problems.length, 'problem') : readAt ? 'No problems' : 'Problems',
      content: [
        ...(isNew ? [] : [h('p', { class: 'unwell', role: 'status' }, readAt
          ? `As of ${clockTime(readAt)}; Tagway does not answer.` : 'Tagway does not answer.')]),
        h('p', { class: 'hint' }, `These ${backend === 'consul' ? 'tags and lines' : 'lines'} are skipped; all others are in use.`),
        h('ol', { class: 'problem-list' }, ...problems.slice(0, MOST).map(item)),
        ...(problems.length > MOST
          ? [h('p', { class: 'hint' }, `${count(problems.length - MOST, 'more is', 'more are')} at `,
              h('a', { href: 'api/status?pretty' }, 'api/status'), '.')]
          : []),
      ],
    }, () => button.setAttribute('aria-expanded', false));
  }

  button.setAttribute('aria-expanded', false);
  button.setAttribute('aria-controls', 'drawer');

  button.addEventListener('click', () => drawer.isOpenFor('problems') ? drawer.close() : open());

  return {
    /** The server's status has come. */
    update(status) {
      backend = status.backend;
      button.hidden = status.problemCount === 0;
      button.textContent = count(status.problemCount, 'problem');
      if (version !== status.problemsVersion) {
        version = status.problemsVersion;
        if (drawer.isOpenFor('problems')) {
          open();
        }
      }
    },

    /** Whoever answers next counts problems anew. */
    forget() {
      version = null;
    },

    /** The list stays, with its time; when somebody answers again it is read again. */
    contactChanged({ lost }) {
      version = null;
      if (lost && drawer.isOpenFor('problems')) {
        show(false);
      }
    },
  };
}

function item({ origin, text, reason, fits }) {
  return h('li', {},
    h('p', { class: 'where' }, `In ${placeInFull(origin)}`),
    h('code', {}, text),
    h('p', {}, reason),
    ...(fits ? [h('p', { class: 'fits' }, 'What would fit: ', h('code', {}, fits))] : []));
}
