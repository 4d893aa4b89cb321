// The drawer at the side, and what it tells of one target.

import { h, outside, renew } from './dom.js';
import { chosen } from './guide.js';
import { addressOf, tryAddress } from './tryaddress.js';
import { duration, errorShare, perSecond, percent, placeInFull } from './words.js';

/** One drawer for everything that is looked at beside the table. */
export class Drawer {
  #element;
  #kind = '';
  #before = null;
  #onClose = null;

  constructor(element) {
    this.#element = element;
  }

  isOpenFor(kind) {
    return this.#kind === kind;
  }

  /**
   * Shows `{title, content}`; the kind tells who may bring it up to date.
   *
   * @param onClose told when it is closed, and whether quietly, or shows something of another kind
   */
  show(kind, { title, content }, onClose = null) {
    if (!this.#kind) {
      this.#before = document.activeElement;
    }
    const wasOther = this.#kind !== kind;
    const told = wasOther ? this.#onClose : null;
    this.#kind = kind;
    this.#onClose = onClose;
    this.#element.setAttribute('aria-label', title);
    if (wasOther) {
      this.#element.replaceChildren();
    }
    this.#element.classList.remove('gone');
    renew(this.#element,
      h('div', { class: 'top' },
        h('h2', { tabindex: -1 }, title),
        h('button', { class: 'icon', type: 'button', 'aria-label': 'Close', onclick: () => this.close() }, '✕')),
      ...content);
    this.#element.hidden = false;
    told?.();
  }

  /** What is shown is not there any more. */
  outdate(text) {
    if (!this.#element.classList.contains('gone')) {
      this.#element.classList.add('gone');
      this.#element.firstChild.after(h('p', { class: 'gone-since', role: 'status' }, text));
    }
  }

  /** Puts the cursor to its beginning. */
  focus() {
    this.#element.querySelector('h2')?.focus({ preventScroll: true });
  }

  /**
   * Returns whether there was something to close.
   *
   * @param quietly told to who has shown it: another view comes
   */
  close(quietly = false) {
    if (!this.#kind) {
      return false;
    }
    const told = this.#onClose;
    this.#kind = '';
    this.#onClose = null;
    this.#element.hidden = true;
    this.#before?.focus({ preventScroll: true });
    told?.(quietly);
    return true;
  }
}

/**
 * Everything known of a row, nothing cut off; `update(row)` brings the numbers up to date.
 *
 * @param strategy how targets are chosen
 * @param numbers the element for them; the same for as long as the drawer is open
 */
export function routeDetails(row, strategy, numbers) {
  const { route } = row;
  const siblings = route.rows.length;
  const update = ({ live }) => renew(numbers, ...traffic(live));
  update(row);
  const options = row.opts.split(' ').filter(Boolean);
  return {
    title: route.source,
    update,
    content: [
      ...(row.reason ? [h('p', { class: 'unwell' }, `No traffic: ${row.reason}.`)] : [numbers]),
      h('dl', {},
        ...entry('Service', row.service),
        ...entry('Destination', destination(row)),
        ...(row.reason ? [] : entry('Share', siblings === 1
          ? `${percent(row.weight)}, the only target`
          : `${percent(row.weight)}, one of ${siblings} targets, chosen ${chosen(strategy)}`)),
        ...entry('Options', options.length
          ? h('ul', {}, ...options.map((option) => h('li', {}, h('code', {}, option))))
          : h('span', { class: 'none' }, 'none')),
        ...entry('Tags', row.tags.length
          ? h('ul', { class: 'tags' }, ...row.tags.map((tag) => h('li', { class: 'tag' }, tag)))
          : h('span', { class: 'none' }, 'none')),
        ...entry('Written in', placeInFull(row.origin))),
      ...(addressOf(route) ? [h('p', { class: 'hint' }, h('a', { href: tryAddress(route), 'data-inside': true }, 'Try a request'))] : []),
      ...warnings(route),
    ],
  };
}

/** A link, but for a redirect, whose destination may be a pattern. */
export function destination({ dst, opts }, inGrid = false) {
  return /(^| )redirect=/.test(opts) ? h('span', {}, dst) : outside(dst, dst, { inGrid });
}

function traffic(live) {
  const { rate, p50, p99, open, codes } = live ?? { rate: 0, errors: 0, open: 0, codes: [] };
  return [
    ['Requests/s', perSecond(rate) || '0'],
    ['Errors', (live && errorShare(live)) || '–'],
    ['p50', duration(p50) || '–'],
    ['p99', duration(p99) || '–'],
    ['Connections', String(open)],
    ['Answers', codes.join(' ') || '–'],
  ].map(([name, value]) => h('div', {}, ...entry(name, value)));
}

function entry(name, value) {
  return [h('dt', {}, name), h('dd', {}, value)];
}

function warnings(route) {
  return /^https?:\//i.test(route.source)
    ? [h('p', { class: 'warning' }, 'A source is a host and a path. With a scheme in front it matches no request.')]
    : [];
}
