// A grid of any number of rows that draws only those in sight.
//
// Row i is always drawn by the same element of the pool (i modulo its size), so scrolling by one
// row redraws one row. Keyboard and screen reader follow the ARIA grid pattern: one tab stop, the
// chosen row named by aria-activedescendant.

import { h } from './dom.js';

const SPARE_ROWS = 8;
const FLASH_MILLIS = 2000;

export class Grid {
  #rows = [];
  #columns;
  #pool = [];
  #rowHeight = 30;
  #chosen = -1;
  #frame = 0;
  #onDrawn;
  #onChoose;
  #onOpen;

  /**
   * @param label what the grid is called
   * @param columns `{name, className, title, order, live, fill(cell, row, previousRow)}` each: `order`
   *     is told when the head is clicked, `live` cells can be filled again by themselves
   * @param decorate called as (element, row, previousRow) for each row that is drawn
   * @param onDrawn told the elements that hold rows now
   * @param onChoose told the row that arrows or a click chose, or null
   * @param onOrder told the column whose head was clicked
   * @param onOpen told the row on which Enter or a click asked for more
   */
  constructor({ label, columns, decorate, onDrawn, onChoose, onOpen, onOrder }) {
    this.#columns = columns;
    this.decorate = decorate;
    this.#onDrawn = onDrawn;
    this.#onChoose = onChoose;
    this.#onOpen = onOpen;
    this.canvas = h('div', { class: 'canvas', role: 'rowgroup' });
    this.head = h('div', { class: 'head', role: 'rowgroup' },
      h('div', { class: 'row', role: 'row', 'aria-rowindex': 1 },
        ...columns.map((column, i) =>
          h('span', { class: column.className, role: 'columnheader' },
            h('button', {
              type: 'button',
              title: column.title,
              tabindex: i === 0 ? 0 : -1,
              onclick: () => onOrder(column),
            }, column.name)))));
    this.element = h('div', {
      class: 'grid',
      role: 'grid',
      tabindex: 0,
      'aria-label': label,
      'aria-readonly': 'true',
      'aria-colcount': columns.length,
      onscroll: () => this.#soon(),
      onkeydown: (event) => this.#key(event),
      onclick: (event) => this.#click(event),
    }, this.head, this.canvas);
    new ResizeObserver(() => this.#measure()).observe(this.element);
  }

  get chosen() {
    return this.#rows[this.#chosen] ?? null;
  }

  /**
   * Shows these rows.
   *
   * @param isSame tells whether a row of these is one of those before; what was at the top and what
   *     was chosen then stays in place while rows come and go around it
   */
  show(rows, isSame) {
    const top = Math.floor(this.element.scrollTop / this.#rowHeight);
    const anchor = this.element.scrollTop > 0 ? this.#rows[top] : null;
    const chosen = this.chosen;
    this.#rows = rows;
    this.element.setAttribute('aria-rowcount', rows.length + 1);
    this.canvas.style.height = `${rows.length * this.#rowHeight}px`;
    if (isSame && anchor) {
      const moved = near(rows, top, (row) => isSame(row, anchor));
      if (moved >= 0) {
        this.element.scrollTop += (moved - top) * this.#rowHeight;
      }
    } else if (!isSame) {
      this.element.scrollTop = 0;
    }
    this.#chosen = chosen ? near(rows, this.#chosen, (row) => (isSame ?? Object.is)(row, chosen)) : -1;
    for (const element of this.#pool) {
      element.index = -1;
    }
    this.#draw();
  }

  /** Says in the head by which column the rows are ordered, if by any. */
  markOrder(className, descending) {
    this.#columns.forEach((column, i) => {
      const head = this.head.firstChild.children[i];
      if (column.className === className) {
        head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      } else {
        head.removeAttribute('aria-sort');
      }
    });
  }

  /** Fills the cells of live columns again. */
  fillLive() {
    for (const element of this.#pool) {
      if (element.index >= 0) {
        const row = this.#rows[element.index];
        this.#columns.forEach(({ live, fill }, column) => live && fill(element.children[column], row));
      }
    }
  }

  /** Chooses a row and brings it to sight; returns whether it is there. */
  find(fits) {
    const index = this.#rows.findIndex(fits);
    if (index >= 0) {
      this.#reveal(index);
    }
    return index >= 0;
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }

  /** Chooses the first row in sight if none is chosen. */
  enter() {
    this.focus();
    if (this.#chosen < 0 && this.#rows.length > 0) {
      this.#choose(Math.ceil(this.element.scrollTop / this.#rowHeight));
    }
  }

  #measure() {
    const height = parseFloat(getComputedStyle(this.element).getPropertyValue('--row'));
    const room = Math.max(this.element.clientHeight, screen.height || 0);
    const size = Math.ceil(room / height) + 2 * SPARE_ROWS;
    if (height !== this.#rowHeight || size > this.#pool.length) {
      const top = this.element.scrollTop / this.#rowHeight;
      this.#rowHeight = height;
      this.#pool = Array.from({ length: size }, (_, slot) => this.#rowElement(slot));
      this.canvas.replaceChildren(...this.#pool);
      this.canvas.style.height = `${this.#rows.length * height}px`;
      this.element.scrollTop = top * height;
    }
    this.#draw();
  }

  #rowElement(slot) {
    const row = h('div', { class: 'row', role: 'row', id: `row-${slot}`, hidden: true },
      ...this.#columns.map(({ className }) => h('span', { class: className, role: 'gridcell' })));
    row.index = -1;
    return row;
  }

  #soon() {
    if (!this.#frame) {
      this.#frame = requestAnimationFrame(() => this.#draw());
    }
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const size = this.#pool.length;
    if (size === 0) {
      return;
    }
    const top = Math.floor(this.element.scrollTop / this.#rowHeight);
    const first = Math.max(0, Math.min(top - SPARE_ROWS, this.#rows.length - size));
    for (let i = first; i < first + size; i++) {
      const element = this.#pool[i % size];
      if (i >= this.#rows.length) {
        element.hidden = true;
        element.index = -1;
      } else if (element.index !== i) {
        this.#fill(element, i);
      }
    }
    this.#mark();
    this.#onDrawn(this.#pool.filter((element) => element.index >= 0));
  }

  #fill(element, i) {
    const row = this.#rows[i];
    const previous = this.#rows[i - 1];
    element.index = i;
    element.hidden = false;
    element.style.transform = `translateY(${i * this.#rowHeight}px)`;
    element.setAttribute('aria-rowindex', i + 2);
    this.#columns.forEach(({ fill }, column) => fill(element.children[column], row, previous));
    this.decorate(element, row, previous);
    const since = performance.now() - row.changedAt;
    const fresh = row.changedAt > 0 && since < FLASH_MILLIS;
    element.classList.toggle('fresh', fresh);
    element.style.animationDelay = fresh ? `${-since}ms` : '';
  }

  #mark() {
    let active = null;
    for (const element of this.#pool) {
      const isChosen = element.index >= 0 && element.index === this.#chosen;
      element.setAttribute('aria-selected', isChosen);
      if (isChosen) {
        active = element.id;
      }
    }
    if (active) {
      this.element.setAttribute('aria-activedescendant', active);
    } else {
      this.element.removeAttribute('aria-activedescendant');
    }
  }

  #choose(index) {
    this.#reveal(Math.max(0, Math.min(index, this.#rows.length - 1)));
    this.#onChoose(this.chosen);
  }

  #reveal(index) {
    this.#chosen = index;
    const top = this.#chosen * this.#rowHeight;
    const room = this.element.clientHeight - this.head.offsetHeight;
    if (top < this.element.scrollTop) {
      this.element.scrollTop = top;
    } else if (top + this.#rowHeight > this.element.scrollTop + room) {
      this.element.scrollTop = top + this.#rowHeight - room;
    }
    this.#draw();
  }

  /** One head is in the tab order: the one that was last in use. */
  #headKey(event) {
    const heads = [...this.head.querySelectorAll('button')].filter((each) => each.offsetParent);
    const at = heads.indexOf(event.target);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: heads.length - 1 }[event.key];
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.enter();
    } else if (heads[next]) {
      event.preventDefault();
      event.target.tabIndex = -1;
      heads[next].tabIndex = 0;
      heads[next].focus();
    }
  }

  #key(event) {
    if (this.head.contains(event.target)) {
      this.#headKey(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || this.#rows.length === 0) {
      return;
    }
    const page = Math.max(1, Math.floor((this.element.clientHeight - this.head.offsetHeight) / this.#rowHeight) - 1);
    const at = this.#chosen;
    const steps = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: this.#rows.length - 1,
    };
    if (event.key in steps) {
      event.preventDefault();
      if (at < 0 && event.key !== 'End') {
        this.enter();
      } else {
        this.#choose(steps[event.key]);
      }
    } else if (event.key === 'Enter' && this.chosen) {
      event.preventDefault();
      this.#onOpen(this.chosen);
    }
  }

  #click(event) {
    const element = event.target.closest('.canvas > .row');
    if (element && !event.target.closest('a') && getSelection().isCollapsed) {
      this.#choose(element.index);
      this.#onOpen(this.chosen);
    }
  }
}

/** Index of the row that fits, looked for around where it was. */
function near(rows, start, fits) {
  for (let distance = 0; distance < rows.length || distance <= start; distance++) {
    for (const i of distance === 0 ? [start] : [start - distance, start + distance]) {
      if (i >= 0 && i < rows.length && fits(rows[i])) {
        return i;
      }
    }
  }
  return -1;
}
