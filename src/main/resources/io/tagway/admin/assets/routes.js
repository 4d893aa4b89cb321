// The view of the table: filter, order, counts and the grid.

import { keep, parameter } from './address.js';
import { columns } from './columns.js';
import { routeDetails } from './details.js';
import { h, renew, setText } from './dom.js';
import { filtered, filterOf } from './filter.js';
import { Grid } from './grid.js';
import { guide } from './guide.js';
import { highlight } from './highlight.js';
import { keyOf } from './model.js';
import { LIVE, parsed, sorted } from './order.js';
import { age, clockTime, count, registryName } from './words.js';

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
  let wanted = ''; // the row that an address names, until it is found
  let details = null;
  let isGone = false;
  let opened = null;
  let status = null;
  const numbers = h('dl', { class: 'numbers' });
  let loaded = false;
  let isShown = false;
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
  const missing = h('p', { class: 'missing', role: 'status', hidden: true });
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
      forget();
      if (drawer.isOpenFor('route')) {
        open(row);
      } else {
        writeSoon();
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
    missing,
    grid.element,
    message);

  function open(row) {
    opened = row;
    isGone = false;
    details = routeDetails(row, settings.strategy, numbers);
    // Quietly: the address is that of what comes already.
    drawer.show('route', details, (quietly) => quietly || write());
    writeSoon();
  }

  /** No row is looked for any more. */
  function forget() {
    wanted = '';
    missing.hidden = true;
  }

  function writeSoon() {
    clearTimeout(writing);
    writing = setTimeout(write, TYPING_MILLIS);
  }

  function write() {
    clearTimeout(writing);
    keep({ filter: input.value, sort: order, row: drawer.isOpenFor('route') ? keyOf(opened) : wanted });
  }

  /** Takes what the address says. */
  function read() {
    input.value = parameter('filter');
    filter = filterOf(input.value);
    order = parsed(parameter('sort')) ? parameter('sort') : '';
    forget();
    wanted = parameter('row');
    sayOrder();
    refresh(false);
    if (drawer.isOpenFor('route') && keyOf(opened) !== wanted) {
      drawer.close(true);
    }
    seek();
  }

  /** Looks for the row that the address names, until it is there: those without traffic come later. */
  function seek() {
    if (!wanted || !loaded) {
      return;
    }
    const row = model.rows.find((each) => keyOf(each) === wanted);
    if (row) {
      forget();
      grid.find((each) => each === row);
      open(row);
    } else if (model.isWhole && status && !isWaiting()) {
      setText(missing, 'The row of this link is not in the table any more.');
      missing.hidden = false;
    }
  }

  /** Brings what is told of one row up to date. It may be in the table and not in sight. */
  function follow() {
    const now = model.rows.find((each) => isSameRow(each, opened));
    if (!now) {
      drawer.outdate(`Not in the table since ${clockTime(new Date())}`);
      isGone = true;
    } else if (isGone || now.text !== opened.text || now.weight !== opened.weight
        || now.route.rows.length !== opened.route.rows.length) {
      open(now);
    } else {
      opened = now;
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
    grid.element.setAttribute('aria-busy', !loaded);
    grid.show(rows, keepPlace ? isSameRow : undefined);
    sayCounts();
    sayMessage();
  }

  function sayCounts() {
    const unwell = model.absentCount ? `, ${model.absentCount.toLocaleString('en')} unhealthy` : '';
    const whole = `${count(model.routeCount, 'route')}, ${count(model.targetCount, 'target')}, ${count(model.services, 'service')}${unwell}`;
    const some = `${rows.length.toLocaleString('en')} of ${count(model.rows.length, 'target')}`;
    setText(counts, !loaded ? 'Loading …' : isWaiting() ? '' : filter.isEmpty ? whole : some);
  }

  function sayMessage() {
    message.hidden = rows.length > 0;
    grid.element.classList.toggle('empty', rows.length === 0);
    if (rows.length > 0) {
      return;
    }
    if (!loaded) {
      renew(message, h('p', { class: 'late' }, 'Loading the table …'));
    } else if (isWaiting()) {
      const error = status.error.trim();
      renew(message,
        h('h2', {}, `Waiting for ${registryName(status.backend)}`),
        h('p', {}, error ? `It has not answered yet: ${error}` : 'It has not answered yet.'));
    } else if (model.rows.length === 0) {
      renew(message, h('h2', {}, 'No routes yet'), h('p', {}, ...howRoutesCome(status?.backend)));
    } else {
      renew(message,
        h('h2', {}, 'Nothing matches'),
        h('p', {}, 'No target fits ', ...quoted(filter.words), '. ',
          h('button', { type: 'button', onclick: clear }, 'Clear the filter'), ' or press ', h('kbd', {}, 'Esc'), '.'));
    }
  }

  /** Before its first answer nobody knows how many routes there are. */
  function isWaiting() {
    return status?.state === 'connecting' && model.rows.length === 0;
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
      loaded = true;
      if (tally && tally.added + tally.removed + tally.altered > 0) {
        lastChange = { at: performance.now(), tally };
        sayChange();
      }
      refresh(true);
      if (isShown) {
        seek();
      }
      if (drawer.isOpenFor('route')) {
        follow();
      }
    },

    /** How the registry is. */
    statusReceived(next) {
      const isSame = status?.state === next.state && status.error === next.error && status.backend === next.backend;
      status = next;
      if (!isSame) {
        sayCounts();
        sayMessage();
        if (isShown) {
          seek();
        }
      }
    },

    /** The numbers of targets have changed. */
    numbersChanged() {
      if (filter.isLive || LIVE.has(parsed(order)?.column)) {
        refresh(true);
      } else {
        grid.fillLive();
      }
      if (drawer.isOpenFor('route')) {
        details.update(opened);
      }
    },

    /** The address has changed. */
    shown() {
      isShown = true;
      read();
    },

    /** Another view comes; the address is its own already. */
    left() {
      isShown = false;
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

/** What has to happen before there are routes, which depends on where they are written. */
function howRoutesCome(backend) {
  switch (backend) {
    case 'file':
      return ['They appear here as soon as the file of ', h('code', {}, 'registry.file.path'), ' has lines such as ',
        h('code', {}, 'route add web /hello http://10.0.0.1:8080/'), '.'];
    case 'static':
      return ['The option ', h('code', {}, 'registry.static.routes'), ' has none. It is read at the start.'];
    case 'custom':
      return ['They appear here as soon as the route service at ', h('code', {}, 'registry.custom.host'), ' has some.'];
    default:
      return ['A healthy service with a tag such as ', h('code', {}, 'urlprefix-/hello'),
        ' appears here the moment it is registered.'];
  }
}
