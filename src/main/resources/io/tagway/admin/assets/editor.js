// A text of lines: numbers at the side, marks on lines that are wrong. The text itself is a plain
// textarea, so that typing, undo, selection and screen readers are those of the browser.

import { h } from './dom.js';

export class Editor {
  #area;
  #numbers;
  #marks;
  #count = 0;

  /**
   * @param label of the text
   * @param describedBy id of the element that says what is wrong
   * @param onInput told when somebody has typed
   * @param onSave told when somebody presses Ctrl+S
   */
  constructor({ label, describedBy, onInput, onSave }) {
    this.#numbers = h('div', { class: 'line-numbers', 'aria-hidden': 'true' });
    this.#marks = h('div', { class: 'marks', 'aria-hidden': 'true' });
    this.#area = h('textarea', {
      class: 'text',
      'aria-label': label,
      'aria-describedby': describedBy,
      spellcheck: 'false',
      autocapitalize: 'off',
      autocomplete: 'off',
      wrap: 'off',
      oninput: () => {
        this.#number();
        onInput();
      },
      onscroll: () => this.#follow(),
      onkeydown: (event) => {
        if (event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          onSave();
        }
      },
    });
    this.element = h('div', { class: 'editor' },
      h('div', { class: 'gutter' }, this.#numbers),
      h('div', { class: 'page' }, this.#marks, this.#area));
  }

  get text() {
    return this.#area.value;
  }

  /** Puts another text in; what was typed before is gone from the browser's undo. */
  set text(text) {
    if (this.#area.value !== text) {
      this.#area.value = text;
      this.#area.scrollTo(0, 0);
    }
    this.#number();
  }

  set disabled(disabled) {
    this.#area.readOnly = disabled;
  }

  /** Marks lines: a map from the number of a line to `error` or `warning`. */
  mark(lines) {
    this.#area.setAttribute('aria-invalid', [...lines.values()].includes('error'));
    [...this.#numbers.children].forEach((number, i) => {
      number.className = lines.get(i + 1) ?? '';
    });
    this.#marks.replaceChildren(...[...lines].map(([line, kind]) => {
      const mark = h('div', { class: `line-mark ${kind}` });
      mark.style.setProperty('--line', line - 1);
      return mark;
    }));
    this.#follow();
  }

  /** Puts the cursor on a line and shows it. */
  goTo(line) {
    const before = this.#area.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    const end = this.#area.value.indexOf('\n', before);
    this.#area.focus();
    this.#area.setSelectionRange(before, end < 0 ? this.#area.value.length : end);
    const height = parseFloat(getComputedStyle(this.#area).lineHeight);
    const top = (line - 1) * height;
    if (top < this.#area.scrollTop || top + 2 * height > this.#area.scrollTop + this.#area.clientHeight) {
      this.#area.scrollTop = Math.max(0, top - this.#area.clientHeight / 3);
    }
  }

  focus() {
    this.#area.focus();
  }

  #number() {
    const count = this.#area.value.split('\n').length;
    while (this.#count < count) {
      this.#numbers.append(h('div', {}, String(++this.#count)));
    }
    while (this.#count > count) {
      this.#numbers.lastChild.remove();
      this.#count--;
    }
    this.#follow();
  }

  #follow() {
    const shift = `translateY(${-this.#area.scrollTop}px)`;
    this.#numbers.style.transform = shift;
    this.#marks.style.transform = shift;
  }
}
