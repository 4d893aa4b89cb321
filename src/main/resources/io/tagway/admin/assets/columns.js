// The columns of the routing table, and how a row fills their cells.

import { h, outside, setText, visible } from './dom.js';
import { destination } from './details.js';
import { firstOrder } from './order.js';
import { duration, errorShare, perSecond, percent, place, placeInFull } from './words.js';

/** All of them, for the grid. */
export function columns(settings) {
  return [
    column('Source', 'source', (cell, row, previous) => fillSource(cell, row, previous, settings)),
    column('Service', 'service', (cell, row) => plain(cell, row.service)),
    column('Destination', 'destination', (cell, row) => {
      cell.replaceChildren(destination(row, true));
      cell.title = visible(row.dst);
    }),
    column('Share', 'share', fillShare),
    live('Req/s', 'rate', 'Requests a second, over the last ten seconds', ({ rate }) => perSecond(rate)),
    live('Errors', 'errors', 'Share of requests that failed or were answered from 500 on', errorShare),
    live('p50', 'p50', 'Half of the requests of the last minute took no longer', ({ p50 }) => duration(p50)),
    live('p99', 'p99', '99 of 100 requests of the last minute took no longer', ({ p99 }) => duration(p99)),
    live('Open', 'open', 'Open connections to the address of the target', ({ open }) => (open ? String(open) : '')),
    column('Options', 'options', fillOptions),
    column('Tags', 'tags', fillTags),
    column('Origin', 'origin', (cell, row) => plain(cell, place(row.origin), `In ${placeInFull(row.origin)}`)),
  ];
}

function column(name, className, fill) {
  return { name, className, order: firstOrder(className), fill };
}

function live(name, className, title, text) {
  return {
    ...column(name, className, (cell, row) => {
      const now = row.live && !row.reason ? text(row.live) : '';
      setText(cell, now);
      if (className === 'errors') {
        cell.classList.toggle('bad', now !== '' && now !== '0 %');
      }
    }),
    title,
    live: true,
  };
}

function plain(cell, text, title = text) {
  setText(cell, text);
  cell.title = visible(title);
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
    const link = outside(address, '', { newTab: settings.sourceLink.newTab, inGrid: true });
    link.append(...parts);
    cell.replaceChildren(link);
  } else {
    cell.replaceChildren(...parts);
  }
  cell.title = visible(source);
}

/** Where a source can be tried from here, as ui.routingtable.source.* says; empty if nowhere. */
export function sourceAddress(row, link) {
  const { source } = row.route;
  if (!link || row.reason || !/^https?:\/\//i.test(row.dst) || /^https?:\//i.test(source)) {
    return '';
  }
  const scheme = link.scheme ? `${link.scheme}:` : location.protocol;
  if (!source.startsWith('/')) {
    return `${scheme}//${source}`;
  }
  const port = link.port ? `:${link.port}` : '';
  return `${scheme}//${link.host || location.hostname}${port}${source}`;
}

/** The share of traffic; for an instance that is not well, why it has none. */
function fillShare(cell, row) {
  if (row.reason) {
    cell.replaceChildren(h('span', { class: 'reason' }, row.reason));
    cell.title = visible(row.reason);
    return;
  }
  let [gauge, text] = cell.children;
  if (!text) {
    gauge = h('span', { class: 'gauge', 'aria-hidden': 'true' }, h('span'));
    text = h('span', {});
    cell.replaceChildren(gauge, text);
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
  cell.title = visible(row.opts);
}

function fillTags(cell, row) {
  cell.replaceChildren(...row.tags.map((tag) => h('span', { class: 'tag' }, tag)));
  cell.title = visible(row.tags.join(', '));
}
