// The view that tells what would become of a request, without sending it.

import { h, setText } from './dom.js';
import { addressOf } from './tryaddress.js';
import { hostSteps } from './trysteps.js';
import { targetList } from './trytargets.js';

const TYPING_MILLIS = 250;

/** How often a changing table is asked anew, at most. */
const CHANGE_MILLIS = 500;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Makes the view; see views.js. */
export function tryView({ model }) {
  const field = (name, label, properties) => h('input', {
    id: `try-${name}`, name, 'aria-label': label, 'aria-describedby': 'try-fault',
    autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', oninput: typed, ...properties,
  });
  const method = field('method', 'Method', { list: 'try-methods', placeholder: 'GET' });
  const url = field('url', 'URL', { type: 'url', inputmode: 'url', placeholder: 'http://host/path?query', 'aria-keyshortcuts': '/' });
  const client = field('client', 'Client address', { placeholder: 'your address' });
  const headers = h('textarea', {
    id: 'try-headers', name: 'headers', rows: 3, 'aria-label': 'Headers, one a line', 'aria-describedby': 'try-fault',
    placeholder: 'X-Forwarded-For: 192.0.2.7', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', oninput: typed,
  });
  const summary = h('summary', {}, 'Headers');
  const more = h('details', {}, summary, headers);
  const fault = h('p', { id: 'try-fault', class: 'fault', role: 'alert', hidden: true });
  const verdict = h('p', { class: 'verdict', role: 'status', hidden: true });
  const result = h('div', { class: 'result' });
  const empty = h('div', { class: 'hint-panel' });
  const form = h('form', { class: 'ask', 'aria-label': 'A request', onsubmit: (event) => { event.preventDefault(); askNow(); } },
    h('div', { class: 'line' },
      h('label', { class: 'method' }, h('span', {}, 'Method'), method),
      h('label', { class: 'url' }, h('span', {}, 'URL'), url),
      h('label', { class: 'client' }, h('span', {}, 'Client address'), client)),
    h('datalist', { id: 'try-methods' }, ...METHODS.map((name) => h('option', { value: name }))),
    more, fault);
  const element = h('div', { class: 'try' }, form, h('div', { class: 'answer' }, verdict, result, empty));

  let timer = 0;
  let asking = null;
  let askedAt = 0;
  let shownText = '';
  let chosen = '';
  let seen = false;

  function parameters() {
    const params = new URLSearchParams();
    for (const [name, value] of [['method', method.value], ['url', url.value], ['client', client.value]]) {
      if (value.trim()) {
        params.append(name, value.trim());
      }
    }
    headers.value.split('\n').filter((line) => line.trim()).forEach((line) => params.append('header', line.trim()));
    return params;
  }

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(askNow, TYPING_MILLIS);
    sayHeaders();
  }

  function sayHeaders() {
    const lines = headers.value.split('\n').filter((line) => line.trim()).length;
    setText(summary, lines ? `Headers (${lines})` : 'Headers');
  }

  function askNow() {
    clearTimeout(timer);
    const params = parameters();
    const address = new URL(location.href);
    address.search = params;
    history.replaceState(null, '', address);
    ask(params);
  }

  async function ask(params) {
    asking?.abort();
    askedAt = performance.now();
    if (!params.has('url')) {
      asking = null;
      showNothing();
      return;
    }
    const mine = new AbortController();
    asking = mine;
    try {
      const reply = await fetch(`api/try?${params}`, { signal: mine.signal });
      const text = await reply.text();
      if (asking === mine) {
        reply.ok ? showAnswer(text) : showFault(text.trim());
      }
    } catch (gone) {
      if (asking === mine && gone.name !== 'AbortError') {
        showFault('No answer from Tagway; it is asked again when it is back.');
      }
    }
  }

  function showNothing() {
    shownText = '';
    setFault('');
    verdict.hidden = true;
    result.replaceChildren();
    const example = exampleAddress(model);
    empty.replaceChildren(
      h('h2', {}, 'Where would this request go?'),
      h('p', {}, 'Type a method, a URL and a client address: the route, the reasons for it and the head that the target would get are told as you type. Nothing is sent.'),
      ...(example
        ? [h('p', {}, 'For instance ', h('button', { type: 'button', onclick: () => { url.value = example; askNow(); url.focus(); } }, example))]
        : []));
    empty.hidden = false;
  }

  function showFault(text) {
    setFault(text);
    element.classList.toggle('outdated', shownText !== '');
    if (!shownText) {
      empty.hidden = true;
    }
  }

  function setFault(text) {
    setText(fault, text.replace(/^url:/, 'URL:').replace(/^\w/, (first) => first.toUpperCase()));
    fault.hidden = text === '';
    for (const [name, input] of [['method', method], ['url', url], ['client', client], ['header', headers]]) {
      const isWrong = text.startsWith(`${name}:`);
      input.setAttribute('aria-invalid', isWrong);
      if (isWrong && input === headers) {
        more.open = true;
      }
    }
    element.classList.remove('outdated');
  }

  function showAnswer(text) {
    setFault('');
    empty.hidden = true;
    if (text === shownText) {
      return; // nothing is moved under the reader's eyes
    }
    shownText = text;
    const answer = JSON.parse(text);
    client.placeholder = client.value ? 'your address' : answer.request.client;
    verdict.dataset.ending = answer.ending;
    verdict.hidden = false;
    setText(verdict, answer.verdict);
    keepingFocus(() => result.replaceChildren(
      ...(answer.lookup ? [hostSteps(answer.lookup, tryHost)] : []),
      ...(answer.targets.length ? [targetList(answer, chosen, (name) => { chosen = name; })] : [])));
  }

  /** Who was at a button is at the one that says the same afterwards. */
  function keepingFocus(replace) {
    const active = document.activeElement;
    const had = result.contains(active);
    replace();
    if (had) {
      const places = [...result.querySelectorAll('button, [tabindex]')];
      places.find((each) => each.className === active.className && each.textContent === active.textContent)?.focus({ preventScroll: true });
    }
  }

  function tryHost(host) {
    url.value = url.value.trim().replace(/^(https?:\/\/)?[^/?#]*/i, (all, scheme = '') => scheme + host);
    askNow();
    url.focus();
  }

  function fill(search) {
    const params = new URLSearchParams(search);
    const known = parameters();
    known.sort();
    const next = new URLSearchParams(params);
    next.sort();
    if (seen && known.toString() === next.toString()) {
      return;
    }
    seen = true;
    method.value = params.get('method') ?? '';
    url.value = params.get('url') ?? '';
    client.value = params.get('client') ?? '';
    headers.value = params.getAll('header').join('\n');
    more.open ||= headers.value !== '';
    sayHeaders();
  }

  let isShown = false;
  return {
    element,

    shown() {
      isShown = true;
      fill(location.search);
      ask(parameters());
    },

    left() {
      isShown = false;
      clearTimeout(timer);
    },

    /** Asks anew, but not for each of many changes. */
    tableChanged() {
      if (isShown) {
        clearTimeout(timer);
        const wait = Math.max(0, CHANGE_MILLIS - (performance.now() - askedAt));
        timer = setTimeout(askNow, wait);
      }
    },

    key(event) {
      if (event.key === '/') {
        url.focus();
        url.select();
        return true;
      }
      return false;
    },
  };
}

/** An address that the first route of the table with a host would answer; empty if there is none. */
function exampleAddress(model) {
  const rows = model.rows.filter((each) => !each.reason);
  const row = rows.find((each) => /^[a-z0-9.-]+$/.test(each.route.host)) ?? rows.find((each) => each.route.host === '');
  return row ? addressOf(row.route) : '';
}
