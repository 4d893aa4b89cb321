// The targets of a route, and what the one that is looked at would get.

import { curl } from './curl.js';
import { h, setText } from './dom.js';
import { count, percent, placeInFull } from './words.js';

/** The section for the `targets` of an answer. */
export function targetList({ request, route, targets: all }) {
  const sent = h('div', { class: 'sent-place' });
  const buttons = all.map((target) => {
    const choose = () => {
      buttons.forEach((each) => each.setAttribute('aria-pressed', each === button));
      sent.replaceChildren(...outcome(target, request));
    };
    const button = h('button', { class: 'target', type: 'button', 'aria-pressed': 'false', onclick: choose },
      share(target),
      h('span', { class: 'service' }, target.service),
      h('span', { class: 'dst' }, target.dst),
      ...(target.next ? [h('span', { class: 'tag' }, 'next in turn')] : []));
    button.choose = choose;
    return button;
  });
  buttons[Math.max(0, all.findIndex((target) => target.next))].choose();
  const left = route.targets - all.length;
  return h('section', { class: 'targets' },
    h('h2', {}, all.length === 1 && left === 0 ? 'Its only target' : 'Its targets',
      ...(all.length > 1 ? [h('span', { class: 'aside' }, route.strategy === 'rr' ? 'taking turns by their shares' : 'chosen at random by their shares')] : [])),
    h('ul', { class: 'choice' }, ...buttons.map((button) => h('li', {}, button))),
    ...(route.looping ? [h('p', { class: 'aside' }, `${count(route.looping, 'target')} would redirect the client to this very URL: whoever meets one is answered as if the route were not there.`)] : []),
    ...(left > route.looping ? [h('p', { class: 'aside' }, `${count(left - route.looping, 'target')} without a share, or beyond the first ${all.length}, not shown.`)] : []),
    sent);
}

function share(target) {
  const gauge = h('span', { class: 'gauge', 'aria-hidden': 'true' }, h('span'));
  gauge.firstChild.style.width = `${target.weight * 100}%`;
  return h('span', { class: 'share' }, gauge, h('span', {}, percent(target.weight)));
}

/** What happens at this target: its rules, and what it gets. */
function outcome(target, request) {
  const rules = [h('li', {}, 'From ', placeInFull(target.origin))];
  const { access, auth } = target;
  if (access.rules) {
    rules.push(h('li', { class: access.admitted ? 'good' : 'bad' }, h('code', {}, access.rules), ': ',
      access.admitted ? `${access.address} may pass` : `${access.address} is refused`,
      access.item && access.item !== access.rules ? ` by ${access.item}` : ''));
  }
  if (auth) {
    rules.push(h('li', {}, h('code', {}, `auth=${auth}`), ': credentials are asked for first, with 401; none are judged here'));
  }
  const facts = h('ul', { class: 'rules' }, ...rules);
  if (target.ending === 'forward') {
    return [facts, ...sentRequest(target.sent, request)];
  }
  const location = target.ending === 'redirect' ? [': ', h('code', {}, target.detail)] : ['.'];
  return [facts, h('p', { class: 'own' }, `The router answers with ${target.status}`, ...location)];
}

const SIGNS = { added: '+', altered: '±', kept: ' ', removed: '−' };

function sentRequest(sent, request) {
  const copy = h('button', {
    class: 'copy', type: 'button',
    onclick: async () => {
      await navigator.clipboard.writeText(curl(sent, request));
      setText(copy, 'Copied');
      setTimeout(() => setText(copy, 'Copy as curl'), 1500);
    },
  }, 'Copy as curl');
  const lines = sent.lines.map((line) => headLine(line.change, line.name, line.value, line.was, line.varies));
  const start = sent.start
    ? [headLine(sent.startWas ? 'altered' : 'kept', '', sent.start, sent.startWas, false)]
    : [];
  const removed = sent.removed.map((line) => headLine('removed', line.name, line.value, '', false));
  return [
    h('div', { class: 'over' },
      h('h3', {}, 'What it gets'),
      h('span', { class: 'aside' }, `${sent.http2 ? 'HTTP/2' : 'HTTP/1.1'} to ${sent.address}${sent.serverName ? `, TLS for ${sent.serverName}` : ''}`),
      ...(navigator.clipboard ? [copy] : [])),
    h('ol', { class: 'head-lines', tabindex: 0, 'aria-label': 'Head of the request to the target' }, ...start, ...lines, ...removed),
  ];
}

function headLine(change, name, value, was, varies) {
  const notes = [
    ...(was ? [h('span', { class: 'was' }, `was ${was}`)] : []),
    ...(varies ? [h('span', { class: 'was' }, /^forwarded$/i.test(name) ? 'as the client speaks TLS' : 'differs for each request')] : []),
  ];
  return h('li', { class: change },
    h('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[change]),
    ...(change === 'kept' ? [] : [h('span', { class: 'unseen' }, `${change}: `)]),
    h('span', { class: 'text' }, ...(name ? [h('span', { class: 'key' }, `${name}: `)] : []), value, ...notes));
}
