// The view of the table: filter, order, counts and the grid.

import { keep, parameter } from './address.js';
import { columns } from './columns.js';
import { routeDetails } from './details.js';
import { h, setText } from './dom.js';
import { filtered, filterOf } from './filter.js';
import { Grid } from './grid.js';
import { guide } from './guide.js';
import { highlight } from './highlight.js';
import { keyOf } from './model.js';
import { LIVE, parsed, sorted } from './order.js';
import { age, count } from './words.js';

const TYPING_MILLIS = 200;

const isSameRow = (a, b) => keyOf(a) === keyOf(b);

/**
 * Makes the view.
 *
 * @param model the table
 * @param settings of the page
 * @param drawer where details are shown
 */
export function routesView({ model, settings, drawer }) {
  let rows = [];
  let filter = filterOf('');
  let order = '';
  let wanted = '';
  let details = null;
  let opened = null;
  let loaded = false;
  let lastChange = null;
  let writing = 0;

  const input = h('input', {
    id: 'filter',
    type: 'search',
    placeholder: 'Filter by any text, or host: path: service: tag: code:',
    'aria-label': 'Filter routes by any text, or by host:, path:, service:, tag: or code:',
    'aria-keyshortcuts': '/',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => {
      filter = filterOf(input.value);
      refresh(false);
      writeSoon();
    },
    onkeydown: (event) => {
      if (event.key === 'ArrowDown' || event.key === 'Enter') {
        event.preventDefault();
        grid.enter();
      }
    },
  });
  const help = h('button', {
    class: 'icon help', type: 'button', title: 'Filter and order', 'aria-label': 'About filter and order',
    onclick: () => (drawer.isOpenFor('guide') ? drawer.close() : drawer.show('guide', guide(settings))),
  }, '?');
  const byHost = h('button', { type: 'button', onclick: () => orderBy('') }, 'By host');
  const flat = h('button', { type: 'button', onclick: () => orderBy('source') }, 'Flat');
  const all = columns(settings);
  const choice = h('select', {
    class: 'order', 'aria-label': 'Order', onchange: () => orderBy(choice.value),
  }, h('option', { value: '' }, 'By host'),
    ...all.map(({ name, order: by }) => h('option', { value: by }, name)));
  const counts = h('p', { class: 'counts', role: 'status' });
  const change = h('p', { class: 'change' });
  const message = h('div', { class: 'message', hidden: true });
  const grid = new Grid({
    label: 'Routing table',
    columns: all,
    decorate: (element, row, previous) => {
      const apart = order !== '';
      element.classList.toggle('first-of-host', !apart && previous !== undefined && previous.route.host !== row.route.host);
      element.classList.toggle('same-route', !apart && previous?.route.source === row.route.source);
      element.classList.toggle('idle', row.weight === 0);
      element.classList.toggle('absent', row.reason !== undefined);
    },
    onDrawn: (elements) => highlight(elements, filter.marks),
    onChoose: (row) => {
      wanted = keyOf(row);
      writeSoon();
      if (drawer.isOpenFor('route')) {
        open(row);
      }
    },
    onOpen: open,
    onOrder: ({ className, order: first }) => {
      const now = parsed(order);
      const second = first.startsWith('-') ? className : `-${className}`;
      orderBy(now?.column !== className ? first : order === first ? second : '');
    },
  });
  const element = h('div', { class: 'routes' },
    h('div', { class: 'tools' },
      h('div', { class: 'field' }, input, h('kbd', { 'aria-hidden': 'true' }, '/')),
      help,
      h('div', { class: 'switch', role: 'group', 'aria-label': 'Grouping' }, byHost, flat),
      choice, counts, change),
    grid.element,
    message);

  function open(row) {
    opened = row;
    details = routeDetails(row, settings.strategy);
    drawer.show('route', details);
  }

  function writeSoon() {
    clearTimeout(writing);
    writing = setTimeout(write, TYPING_MILLIS);
  }

  function write() {
    clearTimeout(writing);
    keep({ filter: input.value, sort: order, row: wanted });
  }

  /** Takes what the address says. */
  function read() {
    input.value = parameter('filter');
    filter = filterOf(input.value);
    order = parsed(parameter('sort')) ? parameter('sort') : '';
    wanted = parameter('row');
    sayOrder();
    refresh(false);
    seek();
  }

  /** Looks for the row that the address names, as soon as there are any. */
  function seek() {
    if (wanted && loaded && grid.find((row) => keyOf(row) === wanted)) {
      open(grid.chosen);
    }
  }

  function orderBy(next) {
    order = next;
    sayOrder();
    refresh(false);
    write();
  }

  function sayOrder() {
    const by = parsed(order);
    grid.markOrder(by?.column, by?.descending);
    byHost.setAttribute('aria-pressed', order === '');
    flat.setAttribute('aria-pressed', order !== '');
    const option = all.find(({ className }) => className === by?.column);
    choice.value = option?.order ?? '';
  }

  function refresh(keepPlace) {
    rows = sorted(filtered(model.rows, filter), order);
    // Rows of the flat list stand for themselves: no host is left out.
    grid.element.classList.toggle('flat', order !== '');
    grid.show(rows, keepPlace ? isSameRow : undefined);
    sayCounts();
    sayMessage();
  }

  function sayCounts() {
    const unwell = model.absentCount ? `, ${model.absentCount.toLocaleString('en')} unhealthy` : '';
    const whole = `${count(model.routeCount, 'route')}, ${count(model.targetCount, 'target')}, ${count(model.services, 'service')}${unwell}`;
    const some = `${rows.length.toLocaleString('en')} of ${count(model.rows.length, 'target')}`;
    setText(counts, !loaded ? '' : filter.isEmpty ? whole : some);
  }

  function sayMessage() {
    message.hidden = rows.length > 0;
    grid.element.classList.toggle('empty', rows.length === 0);
    if (rows.length > 0) {
      return;
    }
    if (!loaded) {
      message.replaceChildren(h('p', { class: 'late' }, 'Fetching the table …'));
    } else if (model.rows.length === 0) {
      message.replaceChildren(
        h('h2', {}, 'No routes yet'),
        h('p', {}, 'A healthy service with a tag such as ', h('code', {}, 'urlprefix-/hello'),
          ' appears here the moment it is registered.'));
    } else {
      message.replaceChildren(
        h('h2', {}, 'Nothing matches'),
        h('p', {}, 'No target fits ', ...quoted(filter.words), '. ',
          h('button', { type: 'button', onclick: clear }, 'Clear the filter'), ' or press ', h('kbd', {}, 'Esc'), '.'));
    }
  }

  function quoted(words) {
    return words.flatMap((word, i) => [i === 0 ? '' : i === words.length - 1 ? ' and ' : ', ', h('q', {}, word)]);
  }

  function clear() {
    input.value = '';
    filter = filterOf('');
    refresh(false);
    write();
    input.focus();
  }

  function sayChange() {
    if (lastChange) {
      const { at, tally } = lastChange;
      const parts = [['+', tally.added], ['−', tally.removed], ['±', tally.altered]]
        .filter(([, n]) => n > 0).map(([sign, n]) => `${sign}${n}`);
      setText(change, `${parts.join(' ')} · ${age((performance.now() - at) / 1000)} ago`);
    }
  }

  setInterval(sayChange, 1000);

  return {
    element,

    /** The model has changed. */
    tableChanged(tally) {
      const first = !loaded;
      loaded = true;
      if (tally && tally.added + tally.removed + tally.altered > 0) {
        lastChange = { at: performance.now(), tally };
        sayChange();
      }
      refresh(true);
      const now = grid.chosen;
      if (first) {
        seek();
      } else if (now && drawer.isOpenFor('route') && (now.text !== opened.text || now.weight !== opened.weight)) {
        open(now);
      }
    },

    /** The numbers of targets have changed. */
    numbersChanged() {
      if (filter.isLive || LIVE.has(parsed(order)?.column)) {
        refresh(true);
      } else {
        grid.fillLive();
      }
      if (grid.chosen && drawer.isOpenFor('route')) {
        details.update(grid.chosen);
      }
    },

    /** The address has changed. */
    shown: read,

    /** Another view comes; the address is its own already. */
    left() {
      clearTimeout(writing);
    },

    /** A key that nothing else has taken. Returns whether it meant something here. */
    key(event) {
      if (event.key === '/') {
        input.focus();
        input.select();
        return true;
      }
      if (event.key === 'Escape' && input.value) {
        clear();
        return true;
      }
      if (event.target === document.body && /^(Arrow(Up|Down)|Page(Up|Down)|Home|End)$/.test(event.key)) {
        grid.enter();
        return true;
      }
      return false;
    },
  };
}
