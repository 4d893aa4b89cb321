// The view of the router itself: registry, listeners, certificates, event loops, memory, BGP.

import { h, setText } from './dom.js';
import { age, bytes, count, duration, registryName } from './words.js';

const REFRESH_MILLIS = 3_000;
const DAY = 86_400;

/** A certificate that ends within three weeks is a warning; most are renewed a month before. */
const WARN_SECONDS = 21 * DAY;

/** A request that meets a loop this late has noticed. */
const SLOW_SECONDS = 0.1;

/** Makes the view. */
export function healthView() {
  const grid = h('div', { class: 'cards' });
  const late = h('p', { class: 'late', role: 'status' }, 'Asking Tagway …');
  const failure = h('p', { class: 'failure', hidden: true }, 'This is how it was; Tagway does not answer now.');
  const element = h('div', { class: 'health' }, late, failure, grid);
  let timer = 0;
  let last = '';
  let seen = false;

  async function refresh() {
    clearTimeout(timer);
    try {
      const response = await fetch('api/health');
      if (!response.ok) {
        throw new Error(response.statusText);
      }
      show(await response.json());
      failure.hidden = true;
    } catch {
      failure.hidden = last === '';
      setText(late, 'Tagway does not answer. It is asked again …');
    }
    clearTimeout(timer); // of another call meanwhile
    if (seen) {
      timer = setTimeout(refresh, REFRESH_MILLIS);
    }
  }

  function show(health) {
    late.hidden = true;
    last = 'shown';
    // Cards that still say the same stay as they are: a selection and the place of the reader too.
    const next = cards(health);
    next.forEach((card, i) => {
      const now = grid.children[i];
      if (!now) {
        grid.append(card);
      } else if (!now.isEqualNode(card)) {
        now.replaceWith(card);
      }
    });
    while (grid.children.length > next.length) {
      grid.lastChild.remove();
    }
  }

  // A page that nobody looks at asks for nothing.
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (seen && !document.hidden) {
      refresh();
    }
  });

  return {
    element,

    shown() {
      if (!seen) {
        seen = true;
        refresh();
      }
    },

    left() {
      seen = false;
      clearTimeout(timer);
    },
  };
}

function cards({ router, registry, listeners, certificates, loopLagSeconds, memory, bgp }) {
  return [
    tall('Registry', registryMark(registry), facts(registryFacts(registry)), ...faults(registry.faults)),
    card('Router', null, facts([
      ['Version', router.version],
      ['Up for', age(router.upSeconds)],
      ['Java', router.java],
    ])),
    card('Event loops', loopsMark(loopLagSeconds),
      facts([['Late at most', `${duration(1000 * Math.max(0, ...loopLagSeconds)) || '0 ms'} in the last 20 s`]]),
      bars(loopLagSeconds)),
    card('Memory', null, facts([
      ['Heap', memory.heapMaxBytes > 0
        ? `${bytes(memory.heapBytes)} of ${bytes(memory.heapMaxBytes)}`
        : bytes(memory.heapBytes)],
      ['Buffers', bytes(memory.directBytes)],
      ...(memory.residentBytes >= 0 ? [['Resident', bytes(memory.residentBytes)]] : []),
    ]), memory.heapMaxBytes > 0 ? gauge(memory.heapBytes / memory.heapMaxBytes) : ''),
    wide('Listeners', listenersMark(listeners), table(['Address', 'Protocol', 'Certificates', 'State'],
      listeners.map((each) => ({
        className: each.open ? '' : 'unwell',
        cells: [
          h('code', {}, each.address),
          each.role === 'ui' ? `${each.protocol} (this page)` : each.protocol,
          each.certificateSource || '–',
          each.open ? (each.protocol === 'tcp-dynamic' ? 'follows the ports of routes' : 'open') : 'not open',
        ],
      })), 'None.')),
    wide('Certificates', certificatesMark(certificates), table(['Names', 'Ends', 'Issuer', 'From'],
      certificates.map((each) => ({
        className: state(each),
        cells: [each.names.join(', ') || '–', ends(each), commonName(each.issuer), h('code', {}, each.file)],
      })), 'No listener shows one.')),
    ...(bgp ? [wide('BGP', bgpMark(bgp),
      facts([['Announced', bgp.announcing ? bgp.prefixes.join(', ') : 'nothing']]),
      table(['Peer', 'AS', 'State', 'For', 'Last fault'], bgp.peers.map((peer) => ({
        className: peer.state === 'Established' ? '' : 'unwell',
        cells: [h('code', {}, peer.address), String(peer.asn), peer.state, age(peer.sinceSeconds), peer.lastFault || '–'],
      })), 'None.'))] : []),
  ];
}

function registryFacts(registry) {
  const silence = registry.lastGoodSeconds === null ? 'never' : `${age(registry.lastGoodSeconds)} ago`;
  return [
    ['Source', registryName(registry.backend).replace(/^the /, '')],
    ['Last answer', silence],
    ['Table', `${count(registry.routes, 'route')}, ${count(registry.targets, 'target')}`],
    ['Changed', registry.tableSeconds === null ? 'no table yet' : `${age(registry.tableSeconds)} ago`],
    ...(registry.absent > 0 ? [['Unhealthy', count(registry.absent, 'target')]] : []),
    ['Problems', registry.problems === 0 ? 'none' : count(registry.problems, 'tag or line', 'tags and lines')],
    ...(registry.answered + registry.failed > 0
      ? [['Requests', `${registry.answered.toLocaleString('en')} answered, ${registry.failed.toLocaleString('en')} failed`]]
      : []),
  ];
}

function faults(list) {
  return list.length === 0 ? [] : [
    h('h3', {}, 'Last errors'),
    h('ul', { class: 'faults' }, ...list.map(({ agoSeconds, times, text }) => h('li', {},
      h('span', { class: 'when' }, `${age(agoSeconds)} ago${times > 1 ? `, ${times} times` : ''}`),
      h('span', {}, text.trim())))),
  ];
}

// Each mark is a word as well as a colour.

function mark(kind, text) {
  return h('span', { class: `mark-${kind}` }, text);
}

function registryMark({ state: word }) {
  return word === 'current' ? mark('good', 'current') : mark('warn', word);
}

function loopsMark(lags) {
  return Math.max(0, ...lags) < SLOW_SECONDS ? mark('good', 'on time') : mark('warn', 'late');
}

function listenersMark(listeners) {
  const shut = listeners.filter(({ open }) => !open).length;
  return shut ? mark('warn', `${shut} not open`) : mark('good', `${listeners.length} open`);
}

function certificatesMark(certificates) {
  const ended = certificates.filter((each) => state(each) === 'ended').length;
  const soon = certificates.filter((each) => state(each) === 'soon').length;
  return ended ? mark('bad', `${ended} ended`) : soon ? mark('warn', `${soon} ending soon`) : null;
}

function bgpMark({ peers }) {
  const up = peers.filter((peer) => peer.state === 'Established').length;
  return mark(up === peers.length ? 'good' : 'warn', `${up} of ${count(peers.length, 'peer')} up`);
}

function state({ leftSeconds }) {
  return leftSeconds <= 0 ? 'ended' : leftSeconds < WARN_SECONDS ? 'soon' : '';
}

function ends({ end, leftSeconds }) {
  const day = end.slice(0, 10);
  return leftSeconds <= 0
    ? `${day}, ended ${age(-leftSeconds)} ago`
    : `${day}, in ${leftSeconds > 2 * DAY ? `${Math.floor(leftSeconds / DAY)} days` : age(leftSeconds)}`;
}

/** The common name of a distinguished name, or all of it. */
function commonName(name) {
  return /(?:^|,)CN=([^,]+)/i.exec(name)?.[1] ?? name;
}

function card(title, state_, ...content) {
  return h('section', { class: 'card', 'aria-label': title }, h('h2', {}, title, state_ ? ' ' : '', state_ ?? ''), ...content);
}

function tall(...parts) {
  const made = card(...parts);
  made.classList.add('tall');
  return made;
}

function wide(...parts) {
  const made = card(...parts);
  made.classList.add('wide');
  return made;
}

function facts(pairs) {
  return h('dl', {}, ...pairs.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

function table(head, rows, none) {
  if (rows.length === 0) {
    return h('p', { class: 'none' }, none);
  }
  return h('table', {},
    h('thead', {}, h('tr', {}, ...head.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, ...rows.map(({ className, cells }) => h('tr', { class: className || null },
      ...cells.map((cell, i) => h('td', { 'data-name': head[i] }, cell))))));
}

function gauge(share) {
  const fill = h('span');
  fill.style.width = `${Math.min(100, share * 100)}%`;
  return h('span', { class: 'gauge', 'aria-hidden': 'true' }, fill);
}

/** One bar a loop: full at a tenth of a second. */
function bars(lags) {
  return h('div', { class: 'bars', 'aria-hidden': 'true' }, ...lags.map((lag) => {
    const fill = h('span');
    fill.style.height = `${Math.max(4, Math.min(100, (lag / SLOW_SECONDS) * 100))}%`;
    return h('span', { class: lag >= SLOW_SECONDS ? 'late' : null }, fill);
  }));
}
