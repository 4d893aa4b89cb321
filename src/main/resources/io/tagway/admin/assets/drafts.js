// What was typed and not saved yet, for each key. It lives as long as the document.

export class Drafts {
  #drafts = new Map();

  constructor() {
    window.addEventListener('beforeunload', (event) => {
      if ([...this.#drafts.values()].some(isChanged)) {
        event.preventDefault();
      }
    });
  }

  /** The draft of a key: `{path, text, stored: {value, version}, isNew}`; undefined before `open`. */
  of(path) {
    return this.#drafts.get(path);
  }

  /** Takes what is stored now. A text that was changed here stays as it was typed. */
  open(path, stored, isNew) {
    const known = this.#drafts.get(path);
    const text = known && isChanged(known) ? known.text : stored.value;
    // The same object: a save that is under way has it in its hands.
    const draft = Object.assign(known ?? {}, { path, text, stored, isNew });
    this.#drafts.set(path, draft);
    return draft;
  }

  isChanged(path) {
    const draft = this.#drafts.get(path);
    return draft !== undefined && isChanged(draft);
  }

  /** Keys that exist here only. */
  get created() {
    return [...this.#drafts.values()].filter(({ isNew }) => isNew).map(({ path }) => path);
  }
}

const isChanged = ({ text, stored, isNew }) => isNew ? text !== '' : text !== stored.value;
