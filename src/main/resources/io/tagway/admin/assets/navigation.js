// One document, several views: each has its address, is made when first seen, and is kept.

import { h } from './dom.js';

export class Navigation {
  #views;
  #main;
  #make;
  #onMove;
  #onView;
  #made = new Map();
  #links = new Map();
  #addresses = new Map();
  #news = new Map();
  #current = null;

  /**
   * @param menu gets a link for each view
   * @param main holds the view that is seen
   * @param views as in views.js
   * @param make makes a view
   * @param onMove called before another view is shown
   * @param onView told the view that is shown
   */
  constructor({ menu, main, views, make, onMove, onView }) {
    this.#views = views;
    this.#main = main;
    this.#make = make;
    this.#onMove = onMove;
    this.#onView = onView;
    for (const view of views) {
      const link = h('a', { href: view.path, onclick: (event) => this.#clicked(event, view) }, view.name);
      this.#links.set(view, link);
      menu.append(link);
    }
    menu.hidden = views.length < 2;
    window.addEventListener('popstate', () => this.#show());
    this.#show();
  }

  /** Tells every view that was made; one that is made later hears the last of each. */
  tell(what, value) {
    this.#news.set(what, value);
    for (const made of this.#made.values()) {
      made[what]?.(value);
    }
  }

  /** Returns whether the key meant something to the view that is seen. */
  key(event) {
    return this.#made.get(this.#current)?.key?.(event) ?? false;
  }

  /** Goes to an address below the base, e.g. `routes?filter=x`, as if a link had been followed. */
  go(address) {
    if (this.#current) {
      this.#addresses.set(this.#current, location.href);
    }
    history.pushState(null, '', new URL(address, document.baseURI));
    this.#show();
    this.#main.focus({ preventScroll: true });
  }

  #clicked(event, view) {
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (isPlain) {
      event.preventDefault();
      // Back where one left it: filter and all. A second click starts afresh.
      this.go(view === this.#current ? view.path : this.#addresses.get(view) ?? view.path);
    }
  }

  #show() {
    const [name, ...rest] = location.pathname.slice(new URL(document.baseURI).pathname.length).split('/');
    const view = this.#views.find(({ path }) => path === name) ?? this.#views[0];
    if (view !== this.#current) {
      this.#leave();
      this.#current = view;
      this.#links.get(view).setAttribute('aria-current', 'page');
      this.#main.replaceChildren(h('h1', { class: 'unseen' }, view.name), this.#of(view).element);
      this.#onView(view);
    }
    this.#of(view).shown?.(rest.join('/'));
  }

  #leave() {
    if (this.#current) {
      this.#onMove();
      this.#made.get(this.#current).left?.();
      this.#links.get(this.#current).removeAttribute('aria-current');
    }
  }

  #of(view) {
    let made = this.#made.get(view);
    if (!made) {
      made = this.#make(view);
      this.#made.set(view, made);
      for (const [what, value] of this.#news) {
        made[what]?.(value);
      }
    }
    return made;
  }
}
