// The view of the table: filter, counts and the grid.

import { h, outside, setText } from './dom.js';
import { Grid } from './grid.js';
import { highlight } from './highlight.js';
import { filtered, words } from './model.js';
import { destination, routeDetails } from './details.js';
import { age, count, percent, place } from './words.js';

const TYPING_MILLIS = 200;

const isSameRow = (a, b) =>
  a.route.source === b.route.source && a.dst === b.dst && a.service === b.service;

/**
 * Makes the view.
 *
 * @param model the table
 * @param settings of the page
 * @param drawer where details are shown
 */
export function routesView({ model, settings, drawer }) {
  let rows = [];
  let loaded = false;
  let lastChange = null;
  let typing = 0;

  const filter = h('input', {
    id: 'filter',
    type: 'search',
    placeholder: 'Filter by any text',
    'aria-label': 'Filter routes by any text',
    'aria-keyshortcuts': '/',
    autocomplete: 'off',
    spellcheck: 'false',
    value: new URLSearchParams(location.search).get('filter') ?? '',
    oninput: () => {
      refresh(false);
      clearTimeout(typing);
      typing = setTimeout(keepFilter, TYPING_MILLIS);
    },
    onkeydown: (event) => {
      if (event.key === 'ArrowDown' || event.key === 'Enter') {
        event.preventDefault();
        grid.enter();
      }
    },
  });
  const counts = h('p', { class: 'counts', role: 'status' });
  const change = h('p', { class: 'change' });
  const message = h('div', { class: 'message', hidden: true });
  const grid = new Grid({
    label: 'Routing table',
    columns: columns(settings),
    decorate: (element, row, previous) => {
      element.classList.toggle('first-of-host', previous !== undefined && previous.route.host !== row.route.host);
      element.classList.toggle('same-route', previous?.route.source === row.route.source);
      element.classList.toggle('idle', row.weight === 0);
    },
    onDrawn: (elements) => highlight(elements, words(filter.value)),
    onChoose: (row) => drawer.isOpenFor('route') && drawer.show('route', routeDetails(row)),
    onOpen: (row) => drawer.show('route', routeDetails(row)),
  });
  const element = h('div', { class: 'routes' },
    h('div', { class: 'tools' },
      h('div', { class: 'field' }, filter, h('kbd', { 'aria-hidden': 'true' }, '/')),
      counts, change),
    grid.element,
    message);

  function keepFilter() {
    const address = new URL(location.href);
    if (filter.value) {
      address.searchParams.set('filter', filter.value);
    } else {
      address.searchParams.delete('filter');
    }
    history.replaceState(null, '', address);
  }

  function refresh(keepPlace) {
    rows = filtered(model.rows, filter.value);
    grid.show(rows, keepPlace ? isSameRow : undefined);
    sayCounts();
    sayMessage();
  }

  function sayCounts() {
    const all = `${count(model.routeCount, 'route')}, ${count(model.rows.length, 'target')}, ${count(model.services, 'service')}`;
    const some = `${rows.length.toLocaleString('en')} of ${count(model.rows.length, 'target')}`;
    setText(counts, !loaded ? '' : filter.value.trim() ? some : all);
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
        h('p', {}, 'No target contains ', ...quoted(words(filter.value)), '. ',
          h('button', { type: 'button', onclick: clear }, 'Clear the filter'), ' or press ', h('kbd', {}, 'Esc'), '.'));
    }
  }

  function quoted(all) {
    return all.flatMap((word, i) => [i === 0 ? '' : i === all.length - 1 ? ' and ' : ', ', h('q', {}, word)]);
  }

  function clear() {
    filter.value = '';
    refresh(false);
    keepFilter();
    filter.focus();
  }

  function sayChange() {
    if (lastChange) {
      const { at, tally } = lastChange;
      const parts = [['+', tally.added], ['−', tally.removed], ['±', tally.altered]]
        .filter(([, n]) => n > 0).map(([sign, n]) => `${sign}${n}`);
      setText(change, `${parts.join(' ')} · ${age((performance.now() - at) / 1000)} ago`);
    }
  }

  refresh(false);
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
    },

    /** A key that nothing else has taken. Returns whether it meant something here. */
    key(event) {
      if (event.key === '/') {
        filter.focus();
        filter.select();
        return true;
      }
      if (event.key === 'Escape' && filter.value) {
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

function columns(settings) {
  return [
    { name: 'Source', className: 'source', fill: (cell, row, previous) => fillSource(cell, row, previous, settings) },
    { name: 'Service', className: 'service', fill: (cell, row) => plain(cell, row.service) },
    { name: 'Destination', className: 'destination', fill: (cell, row) => cell.replaceChildren(destination(row)) },
    { name: 'Share', className: 'share', fill: fillShare },
    { name: 'Options', className: 'options', fill: fillOptions },
    { name: 'Tags', className: 'tags', fill: fillTags },
    { name: 'Origin', className: 'origin', fill: (cell, row) => plain(cell, place(row.origin)) },
  ];
}

function plain(cell, text) {
  setText(cell, text);
  cell.title = text;
}

function fillSource(cell, row, previous, settings) {
  const { host, path, source } = row.route;
  const repeated = previous?.route.host === host;
  const parts = [
    h('span', { class: repeated ? 'host repeated' : 'host' }, host),
    h('span', { class: 'path' }, path),
  ];
  const address = sourceAddress(row, settings.sourceLink);
  if (address) {
    const link = outside(address, '', settings.sourceLink.newTab);
    link.append(...parts);
    cell.replaceChildren(link);
  } else {
    cell.replaceChildren(...parts);
  }
  cell.title = source;
}

/** Where a source can be tried from here, as ui.routingtable.source.* says; empty if nowhere. */
export function sourceAddress(row, link) {
  const { source } = row.route;
  if (!link || !/^https?:\/\//i.test(row.dst) || /^https?:\//i.test(source)) {
    return '';
  }
  const scheme = link.scheme ? `${link.scheme}:` : location.protocol;
  if (!source.startsWith('/')) {
    return `${scheme}//${source}`;
  }
  const port = link.port ? `:${link.port}` : '';
  return `${scheme}//${link.host || location.hostname}${port}${source}`;
}

function fillShare(cell, row) {
  let [gauge, text] = cell.children;
  if (!gauge) {
    gauge = h('span', { class: 'gauge', 'aria-hidden': 'true' }, h('span'));
    text = h('span', {});
    cell.append(gauge, text);
  }
  gauge.firstChild.style.width = `${row.weight * 100}%`;
  setText(text, percent(row.weight));
  cell.title = `${row.weight * 100} % of the requests of ${row.route.source}`;
}

function fillOptions(cell, row) {
  cell.replaceChildren(...row.opts.split(' ').filter(Boolean).map((option) => {
    const equals = option.indexOf('=');
    return h('span', { class: 'option' },
      h('span', { class: 'key' }, option.slice(0, equals + 1)), option.slice(equals + 1));
  }));
  cell.title = row.opts;
}

function fillTags(cell, row) {
  cell.replaceChildren(...row.tags.map((tag) => h('span', { class: 'tag' }, tag)));
  cell.title = row.tags.join(', ');
}
