// What differs, as lines with a sign: of two tables, or of two texts.

import { h } from './dom.js';
import { count } from './words.js';

/** Beyond that many pairs of lines a text counts as replaced: nobody waits for the best alignment. */
const MOST_PAIRS = 4_000_000;
const CONTEXT = 2;

/** How many targets come, go and change, as `+2 −1 ±3`. */
export function tally({ added, removed, altered }) {
  return [['+', added, 'come'], ['−', removed, 'gone'], ['±', altered, 'come-gone']]
    .filter(([, n]) => n > 0)
    .map(([sign, n, name]) => h('span', { class: `count ${name}` }, `${sign}${n}`));
}

/** The same in words, for those who cannot see the colours. */
export function tallyInWords({ added, removed, altered }) {
  const parts = [[added, 'added'], [removed, 'removed'], [altered, 'altered']]
    .filter(([n]) => n > 0).map(([n, what]) => `${count(n, 'target')} ${what}`);
  return parts.length ? parts.join(', ') : 'no target differs';
}

/** The lines of a difference of two tables. */
export function tableLines({ changes }) {
  return changes.flatMap(({ before, after }) => [
    ...(before ? [line('-', before)] : []),
    ...(after ? [line('+', after)] : []),
  ]);
}

/** A list of lines for a screen. */
export function lines(all, name) {
  return h('ol', { class: 'diff', 'aria-label': name }, ...all);
}

const WORDS = { '+': 'added', '-': 'removed', ' ': '' };
const CLASSES = { '+': 'come', '-': 'gone', ' ': 'same' };

export function line(sign, text) {
  return h('li', { class: CLASSES[sign] },
    h('span', { class: 'sign', 'aria-hidden': 'true' }, sign === '-' ? '−' : sign),
    ...(WORDS[sign] ? [h('span', { class: 'unseen' }, `${WORDS[sign]}: `)] : []),
    h('code', {}, text));
}

/** The lines by which two texts differ, with a little of what stands around them; none if they do not. */
export function textLines(before, after) {
  const steps = compared(linesOf(before), linesOf(after));
  const near = new Set();
  steps.forEach(([sign], at) => {
    if (sign !== ' ') {
      for (let i = at - CONTEXT; i <= at + CONTEXT; i++) {
        near.add(i);
      }
    }
  });
  const shown = [];
  steps.forEach(([sign, text], at) => {
    if (near.has(at)) {
      shown.push(line(sign, text));
    } else if (near.has(at - 1) && near.size) {
      shown.push(h('li', { class: 'gap', 'aria-hidden': 'true' }, '⋯'));
    }
  });
  return near.size ? shown : [];
}

/** A text that is empty has no line, not an empty one. */
const linesOf = (text) => (text === '' ? [] : text.split('\n'));

function compared(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start++;
  }
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end++;
  }
  return [
    ...a.slice(0, start).map((text) => [' ', text]),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map((text) => [' ', text]),
  ];
}

/** By the longest common subsequence. */
function middle(a, b) {
  if (a.length * b.length > MOST_PAIRS) {
    return [...a.map((text) => ['-', text]), ...b.map((text) => ['+', text])];
  }
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j]
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const steps = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push([' ', a[i]]);
      i++;
      j++;
    } else if (j === b.length || (i < a.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
      steps.push(['-', a[i++]]);
    } else {
      steps.push(['+', b[j++]]);
    }
  }
  return steps;
}
