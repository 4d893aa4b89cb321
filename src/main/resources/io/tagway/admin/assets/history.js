// The view of what happened: the last changes of the table, and the problems until they are mended.

import { parameter } from './address.js';
import { lines, tableLines, tally, tallyInWords } from './difference.js';
import { arrange, h, renew, setText } from './dom.js';
import { age, clockTime, count, placeInFull } from './words.js';

const TYPING_MILLIS = 200;
const SHOWN_LINES = 8;
const LATE_MILLIS = 1500;
const KINDS = { tag: 'service', override: 'override', file: 'file', static: 'static routes', custom: 'route service' };

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** Makes the view. */
export function historyView() {
  let run = '';
  let changes = [];
  let problems = [];
  let loaded = false;
  let loading = false;
  let isAsked = false;
  let wanted = '';
  let visible = false;
  let version = '';
  let typing = 0;
  let late = 0;
  const opened = new Set();
  const items = new Map();

  const filter = h('input', {
    id: 'history-filter',
    type: 'search',
    placeholder: 'Filter by service, key or any text',
    'aria-label': 'Filter changes by any text',
    'aria-keyshortcuts': '/',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => {
      refresh();
      clearTimeout(typing);
      typing = setTimeout(keepFilter, TYPING_MILLIS);
    },
  });
  const counts = h('p', { class: 'counts', role: 'status' });
  const problemPart = h('section', { class: 'found', 'aria-label': 'Problems' });
  const list = h('ol', { class: 'changes', 'aria-label': 'Changes of the table, newest first' });
  const message = h('p', { class: 'nothing', hidden: true });
  const element = h('div', { class: 'history' },
    h('div', { class: 'tools' }, h('div', { class: 'field' }, filter, h('kbd', { 'aria-hidden': 'true' }, '/')), counts),
    h('div', { class: 'scroll' }, problemPart, message, list));

  function keepFilter() {
    const address = new URL(location.href);
    if (filter.value) {
      address.searchParams.set('filter', filter.value);
    } else {
      address.searchParams.delete('filter');
    }
    history.replaceState(null, '', address);
  }

  /** One at a time: two that ask for the same would find the same news. */
  async function load() {
    if (loading) {
      isAsked = true;
      return;
    }
    loading = true;
    try {
      do {
        isAsked = false;
        await loadOnce();
      } while (isAsked);
    } finally {
      loading = false;
    }
  }

  async function loadOnce() {
    try {
      const since = changes[0]?.id ?? 0;
      const response = await fetch(`api/history?since=${since}`);
      if (!response.ok) {
        return;
      }
      const news = await response.json();
      if (loaded && news.run !== run) {
        // Another run of the server counts anew.
        run = news.run;
        changes = [];
        items.clear();
        opened.clear();
        await loadOnce();
        return;
      }
      run = news.run;
      changes = [...news.changes.filter(({ id }) => id > since), ...changes].slice(0, 200);
      problems = news.problems;
      loaded = true;
      refresh();
    } catch {
      // The banner says that the server is lost; the next event asks again.
    }
  }

  function refresh() {
    const all = words(filter.value);
    const shown = changes.filter((change) => all.every((word) => item(change).text.includes(word)));
    arrange(list, shown.map((change) => item(change).element));
    for (const id of items.keys()) {
      if (id < (changes.at(-1)?.id ?? 0)) {
        items.delete(id);
      }
    }
    setText(counts, !loaded ? 'Loading …' : all.length
      ? `${shown.length} of ${count(changes.length, 'change')}`
      : count(changes.length, 'change'));
    message.hidden = !loaded || shown.length > 0;
    setText(message, changes.length === 0 ? 'The table has not changed since this router was started.' : 'No change contains that.');
    sayProblems(all);
    sayAges();
    showWanted();
  }

  function item(change) {
    let made = items.get(change.id);
    if (!made) {
      made = { element: h('li', { id: `change-${change.id}`, tabindex: -1 }), text: searchable(change) };
      items.set(change.id, made);
      fill(made.element, change);
    }
    return made;
  }

  function fill(into, change) {
    const at = new Date(change.at);
    const all = tableLines(change);
    const isOpen = opened.has(change.id);
    const shown = isOpen || all.length <= SHOWN_LINES + 2 ? all : all.slice(0, SHOWN_LINES);
    const untold = change.added + change.removed + change.altered - change.changes.length;
    into.replaceChildren(
      h('div', { class: 'head-line' },
        h('a', { class: 'when', href: `history/${change.id}`, title: at.toLocaleString(), onclick: (event) => follow(event, change.id) },
          h('time', { datetime: change.at }, isToday(at) ? clockTime(at) : `${day.format(at)}, ${clockTime(at)}`)),
        h('span', { class: 'age', 'data-at': change.at }),
        h('span', { class: 'cause' }, ...causes(change)),
        h('span', { class: 'tally', 'aria-hidden': 'true' }, ...tally(change)),
        h('span', { class: 'unseen' }, tallyInWords(change))),
      lines(shown, 'Lines that came and went'),
      ...(shown.length < all.length
        ? [h('button', { type: 'button', class: 'more', onclick: () => { opened.add(change.id); fill(into, change); sayAges(); into.focus({ preventScroll: true }); } },
          `${count(all.length - shown.length, 'more line')}`)]
        : []),
      ...(untold > 0 && shown.length === all.length
        ? [h('p', { class: 'hint' }, `${count(untold, 'more target')} changed as well`)]
        : []));
  }

  function follow(event, id) {
    if (event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      history.pushState(null, '', new URL(`history/${id}${location.search}`, document.baseURI));
      wanted = String(id);
      showWanted();
    }
  }

  /** Shows the change that the address names. */
  function showWanted() {
    for (const each of list.querySelectorAll('.wanted')) {
      each.classList.remove('wanted');
    }
    if (!wanted || !loaded) {
      return;
    }
    const change = changes.find(({ id }) => String(id) === wanted);
    if (!change) {
      setText(message, `Change ${wanted} is not remembered any more.`);
      message.hidden = false;
      return;
    }
    const made = item(change);
    made.element.classList.add('wanted');
    if (made.seen !== wanted) {
      made.seen = wanted;
      opened.add(change.id);
      fill(made.element, change);
      sayAges();
      made.element.scrollIntoView({ block: 'center' });
      made.element.focus({ preventScroll: true });
    }
  }

  function sayProblems(all) {
    const shown = problems.filter(({ problem }) => {
      const text = `${placeInFull(problem.origin)} ${problem.text} ${problem.reason}`.toLowerCase();
      return all.every((word) => text.includes(word));
    });
    problemPart.hidden = shown.length === 0;
    const standing = problems.filter(({ mended }) => !mended).length;
    renew(problemPart,
      h('h2', {}, standing ? count(standing, 'problem') : 'Problems, all mended'),
      h('ol', {}, ...shown.map(found)));
  }

  setInterval(() => visible && sayAges(), 1000);

  return {
    element,

    shown(rest) {
      visible = true;
      wanted = rest.split('/')[0];
      filter.value = parameter('filter');
      refresh();
      load();
    },

    left() {
      visible = false;
      clearTimeout(typing);
    },

    historyChanged() {
      clearTimeout(late);
      if (visible) {
        load();
      }
    },

    /** Nobody says what was missed before contact and while it was lost but the versions. */
    statusReceived(status) {
      const now = `${status.version} ${status.problemsVersion}`;
      if (visible && now !== version) {
        clearTimeout(late);
        late = setTimeout(load, LATE_MILLIS);
      }
      version = now;
    },

    key(event) {
      if (event.key === '/') {
        filter.focus();
        filter.select();
        return true;
      }
      if (event.key === 'Escape' && filter.value) {
        filter.value = '';
        refresh();
        keepFilter();
        return true;
      }
      return false;
    },
  };

  function sayAges() {
    for (const each of element.querySelectorAll('[data-at]')) {
      const old = age((Date.now() - Date.parse(each.dataset.at)) / 1000);
      setText(each, each.matches('.lasting') ? `for ${old}` : `${old} ago`);
    }
  }
}

function found({ since, mended, problem }) {
  const at = new Date(mended ?? since);
  return h('li', { class: mended ? 'mended' : '' },
    h('p', { class: 'head-line' },
      h('span', { class: 'badge' }, mended ? '✓ Mended' : 'Stands'),
      h('time', { datetime: mended ?? since, title: at.toLocaleString() }, isToday(at) ? clockTime(at) : `${day.format(at)}, ${clockTime(at)}`),
      mended
        ? h('span', { class: 'age' }, `after ${age((Date.parse(mended) - Date.parse(since)) / 1000)}`)
        : h('span', { class: 'age lasting', 'data-at': since }),
      h('span', { class: 'cause' }, placeInFull(problem.origin))),
    h('code', {}, problem.text),
    h('p', {}, problem.reason),
    ...(problem.fits && !mended ? [h('p', { class: 'fits' }, 'What would fit: ', h('code', {}, problem.fits))] : []));
}

function causes(change) {
  if (change.first) {
    return ['The first table'];
  }
  const most = 4;
  const named = change.causes.slice(0, most).flatMap(({ kind, name }, i) => [
    i ? ', ' : '', `${KINDS[kind]} `, h('b', {}, name)]);
  return change.causes.length > most ? [...named, ` and ${change.causes.length - most} more`] : named;
}

function searchable({ causes: by, changes }) {
  return [
    ...by.map(({ kind, name }) => `${KINDS[kind]} ${name}`),
    ...changes.flatMap(({ before, after }) => [before, after]),
  ].join('\n').toLowerCase();
}

const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

const isToday = (at) => at.toDateString() === new Date().toDateString();
