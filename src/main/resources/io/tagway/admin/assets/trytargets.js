// The targets of a route, and what the one that is looked at would get.

import { curl } from './curl.js';
import { h, setText } from './dom.js';
import { count, percent, placeInFull } from './words.js';

/** What tells a target from the others of its route. */
const nameOf = ({ service, dst }) => `${service} ${dst}`;

/**
 * The section for the `targets` of an answer.
 *
 * @param chosen the target that somebody has chosen, if any
 * @param onChoose told when somebody chooses another
 */
export function targetList({ request, route, targets: all }, chosen, onChoose) {
  const sent = h('div', { class: 'sent-place' });
  const buttons = all.map((target) => {
    const choose = () => {
      buttons.forEach((each) => each.setAttribute('aria-pressed', each === button));
      sent.replaceChildren(...outcome(target, request));
    };
    const button = h('button', { class: 'target', type: 'button', 'aria-pressed': 'false', onclick: () => { choose(); onChoose(nameOf(target)); } },
      share(target),
      h('span', { class: 'service' }, target.service),
      h('span', { class: 'dst' }, target.dst),
      ...(target.next ? [h('span', { class: 'tag' }, 'next in turn')] : []));
    button.choose = choose;
    return button;
  });
  const again = all.findIndex((target) => nameOf(target) === chosen);
  buttons[again >= 0 ? again : Math.max(0, all.findIndex((target) => target.next))].choose();
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
  const command = h('div', {});
  const copy = h('button', {
    class: 'copy', type: 'button',
    onclick: async () => {
      setText(copy, await copied(curl(sent, request), command) ? 'Copied' : 'Copy it from below');
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
      copy),
    command,
    h('ol', { class: 'head-lines', tabindex: 0, 'aria-label': 'Head of the request to the target' }, ...start, ...lines, ...removed),
  ];
}

/**
 * Copies a text; returns whether it was. A page without TLS has no clipboard but what is selected:
 * then the text stands in a field, where it stays if even that fails.
 */
async function copied(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const before = document.activeElement;
    const field = h('textarea', { class: 'command', readonly: true, rows: 4, 'aria-label': 'The command for curl' });
    field.value = text;
    place.replaceChildren(field);
    field.focus();
    field.select();
    const done = document.execCommand('copy');
    if (done) {
      place.replaceChildren();
      before?.focus({ preventScroll: true });
    }
    return done;
  }
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
