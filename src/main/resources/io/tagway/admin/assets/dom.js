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
