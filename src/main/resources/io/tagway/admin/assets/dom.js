// Makes elements. Text always goes in as text: tags and options are untrusted input.

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
  element.append(...children);
  return element;
}

/** Sets a text only if it differs, so that screen readers and layout stay calm. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * Gives an element other children, but leaves those that still say the same: what has the focus, is
 * selected or is being read stays where it is.
 */
export function renew(element, ...children) {
  children.forEach((next, i) => {
    const child = typeof next === 'string' ? new Text(next) : next;
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
export function outside(address, text, newTab = true) {
  if (!/^https?:\/\//i.test(address)) {
    return h('span', {}, text);
  }
  return h('a', {
    href: address,
    rel: 'noopener noreferrer',
    target: newTab ? '_blank' : null,
    tabindex: -1,
  }, text);
}
