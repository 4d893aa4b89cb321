// Makes elements. Text always goes in as text: tags and options are untrusted input.

/** Characters that cannot be seen, or turn around what stands beside them. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A text as it is shown: what could not be seen in it, such as a right-to-left override, is named. */
export const visible = (text) => text.replace(UNSEEN,
  (hidden) => `⟨U+${hidden.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);

const shown = (child) => (typeof child === 'string' ? visible(child) : child);

/** An element with properties (`class`, `data-x`, `aria-x`, `onclick`, ...) and children. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.map(shown));
  return element;
}

/** Sets a text only if it differs, so that screen readers and layout stay calm. */
export function setText(element, text) {
  const next = visible(text);
  if (element.textContent !== next) {
    element.textContent = next;
  }
}

/**
 * Gives an element other children, but leaves those that still say the same: what has the focus, is
 * selected or is being read stays where it is.
 */
export function renew(element, ...children) {
  children.forEach((next, i) => {
    const child = typeof next === 'string' ? new Text(visible(next)) : next;
    const now = element.childNodes[i];
    if (!now) {
      element.append(child);
    } else if (now !== child && !now.isEqualNode(child)) {
      if (isSameContainer(now, child)) {
        renew(now, ...child.childNodes);
      } else {
        now.replaceWith(child);
      }
    }
  });
  while (element.childNodes.length > children.length) {
    element.lastChild.remove();
  }
}

const isSameContainer = (a, b) =>
  /^(DL|DD|UL|OL|LI|DIV)$/.test(a.nodeName) && a.cloneNode().isEqualNode(b.cloneNode());

/** Puts elements into an order without taking out those that stay, which would lose the focus. */
export function arrange(element, wanted) {
  const staying = new Set(wanted);
  [...element.children].filter((each) => !staying.has(each)).forEach((each) => each.remove());
  wanted.forEach((each, i) => {
    if (element.children[i] !== each) {
      element.insertBefore(each, element.children[i] ?? null);
    }
  });
}

/** A link to somewhere else, or a plain text if the address is not one that is safe to follow. */
export function outside(address, text, { newTab = true, inGrid = false } = {}) {
  if (!/^https?:\/\//i.test(address)) {
    return h('span', {}, text);
  }
  return h('a', {
    href: address,
    rel: 'noopener noreferrer',
    target: newTab ? '_blank' : null,
    tabindex: inGrid ? -1 : null, // a grid is one stop
  }, text);
}
