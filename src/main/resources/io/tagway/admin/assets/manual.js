// The view of the overrides: an editor for the manual commands of each key, with what they would do.

import { Refused, write } from './api.js';
import { lines, tableLines, tally, tallyInWords, textLines } from './difference.js';
import { h, renew, setText } from './dom.js';
import { Drafts } from './drafts.js';
import { Editor } from './editor.js';
import { languageHelp } from './language.js';
import { count } from './words.js';

const TYPING_MILLIS = 250;

/** How often a changing table makes us look whether the stored text is another one, at most. */
const CHANGE_MILLIS = 500;

const keyName = (path) => path || 'default';
const escaped = (path) => path.split('/').map(encodeURIComponent).join('/');
/** A textarea has no carriage returns; what is compared with it must have none either. */
const withoutReturns = ({ value, ...rest }) => ({ ...rest, value: value.replace(/\r\n?/g, '\n') });
const isFit = (path) => /^\/[^\s]+$/.test(path) && !/\/\/|\/\.|\/$/.test(path);

/**
 * Makes the view.
 *
 * @param drawer where help is shown
 */
export function manualView({ drawer }) {
  const drafts = new Drafts();
  let keys = [];
  let path = '';
  let draft = null;
  let asked = 0;
  let timer = 0;
  let changeTimer = 0;
  let loads = 0;
  let unread = null; // the key whose stored text could not be read, as long as that is said
  const newest = new Map();
  let visible = false;
  let checked = null;
  let saving = false;
  let mine = null;

  const choice = h('select', { class: 'key', 'aria-label': 'Key of the overrides', onchange: () => go(choice.value) });
  const newKey = h('button', { type: 'button', class: 'plain', onclick: () => naming(true) }, 'New key');
  const name = h('input', { class: 'new-key', 'aria-label': 'Name of the new key', placeholder: '/maintenance', spellcheck: 'false', autocomplete: 'off', oninput: () => name.setCustomValidity('') });
  const nameForm = h('form', { class: 'naming', hidden: true, onsubmit: created, onkeydown: (event) => event.key === 'Escape' && naming(false) },
    name, h('button', { class: 'plain' }, 'Create'));
  const revert = h('button', { type: 'button', class: 'plain', onclick: () => replaceBy(draft.stored.value) }, 'Revert');
  const save = h('button', { type: 'button', class: 'save', 'aria-keyshortcuts': 'Control+S', onclick: store }, 'Save');
  const help = h('button', { type: 'button', class: 'plain', onclick: () => drawer.isOpenFor('help') ? drawer.close() : drawer.show('help', languageHelp()) }, 'Help');
  const state = h('p', { class: 'counts', role: 'status' });
  const notice = h('div', { class: 'notice', role: 'alert', hidden: true });
  const editor = new Editor({ label: 'Route commands', describedBy: 'manual-check', onInput: typed, onSave: store });
  const check = h('section', { id: 'manual-check', class: 'check', 'aria-live': 'polite' });
  const effect = h('section', { class: 'effect' });
  const against = h('section', { class: 'against' });
  const element = h('div', { class: 'manual' },
    h('div', { class: 'tools' }, choice, newKey, nameForm, h('span', { class: 'grow' }), state, help, revert, save),
    notice,
    h('div', { class: 'columns' }, editor.element, h('div', { class: 'findings', tabindex: 0, role: 'group', 'aria-label': 'Check and preview' }, check, effect, against)));

  function naming(open) {
    nameForm.hidden = !open;
    newKey.hidden = open;
    name.value = '';
    name.setCustomValidity('');
    (open ? name : newKey).focus();
  }

  function created(event) {
    event.preventDefault();
    const wished = name.value.trim().replace(/^(?!\/)/, '/');
    name.setCustomValidity(isFit(wished) ? '' : 'A name such as /maintenance, without blanks, dots in front or a slash at the end');
    if (name.reportValidity()) {
      naming(false);
      go(wished);
    }
  }

  function go(other) {
    history.pushState(null, '', new URL(`manual${escaped(other)}`, document.baseURI));
    open(other);
  }

  async function open(other) {
    path = other;
    mine = null;
    tell('');
    const known = drafts.of(path);
    if (known) {
      show(known);
    } else {
      draft = null;
      editor.text = '';
      editor.disabled = true;
      refresh();
    }
    await Promise.all([loadKeys(), load(other)]);
  }

  async function loadKeys() {
    try {
      const response = await fetch('api/paths');
      keys = response.ok ? (await response.json()) ?? [] : keys;
    } catch {
      // The banner says that the server is lost.
    }
    sayKeys();
  }

  function sayKeys() {
    const all = [...new Set(['', ...keys, ...drafts.created, path])].sort();
    renew(choice, ...all.map((key) => h('option', { value: key },
      `${keyName(key)}${drafts.isChanged(key) ? ' •' : ''}${keys.includes(key) ? '' : ' (new)'}`)));
    choice.value = path;
  }

  async function load(of) {
    const number = ++loads;
    newest.set(of, number);
    try {
      const [response, existing] = await Promise.all([fetch(`api/manual${escaped(of)}`), fetch('api/paths')]);
      if (!response.ok) {
        throw new Error((await response.text()).trim());
      }
      const stored = withoutReturns(await response.json());
      keys = existing.ok ? (await existing.json()) ?? [] : keys;
      const isNew = existing.ok && !keys.includes(of);
      if (newest.get(of) !== number) {
        return drafts.of(of) ?? null; // a later answer has come first
      }
      const before = drafts.of(of)?.stored;
      const opened = drafts.open(of, stored, isNew);
      if (of === path) {
        if (unread === of) {
          tell('');
        }
        show(opened, before);
        sayKeys();
      }
      return opened;
    } catch (failure) {
      if (of === path) {
        tell('error', `The stored text cannot be read: ${failure.message}. What you type is kept.`,
          ['Try again', () => load(of)]);
        unread = of;
      }
      return null;
    }
  }

  /** @param before what was stored when we last looked, if we did */
  function show(opened, before) {
    draft = opened;
    editor.disabled = false;
    editor.text = draft.text;
    if (checked?.text !== draft.text || checked.path !== path) {
      checked = null;
    }
    refresh();
    ask(0);
    if (!saving && before && before.value !== draft.stored.value && drafts.isChanged(path)) {
      tell('error', draft.isNew
        ? 'This key has been deleted meanwhile. Your text is untouched; saving stores it again.'
        : `Version ${draft.stored.version} has been stored meanwhile. Your text is untouched; both are compared here. `
          + 'Saving replaces the stored text.', theirs(draft.stored.value));
    }
  }

  /** Looks whether somebody else has stored another text. */
  function look() {
    changeTimer = 0;
    // What is being saved is read anew when it is saved.
    if (visible && draft && !saving) {
      load(path);
    }
  }

  function typed() {
    draft.text = editor.text;
    refresh();
    ask(TYPING_MILLIS);
    sayKeys();
  }

  function replaceBy(text) {
    mine = draft.text === text ? mine : draft.text;
    editor.text = text;
    typed();
    editor.focus();
  }

  function ask(millis) {
    clearTimeout(timer);
    timer = setTimeout(preview, millis);
  }

  async function preview() {
    const number = ++asked;
    const { text } = draft ?? {};
    const of = path;
    if (text === undefined) {
      return;
    }
    try {
      const response = await write('POST', 'api/preview', { path: of, value: text });
      if (!response.ok) {
        throw new Error((await response.text()).trim());
      }
      const found = await response.json();
      if (number === asked && path === of && draft?.text === text) {
        checked = { text, path: of, ...found };
        refresh();
      }
    } catch (failure) {
      if (number === asked) {
        checked = null;
        effect.replaceChildren();
        check.replaceChildren(h('p', { class: 'hint' }, `The text cannot be checked: ${failure.message}`));
      }
    }
  }

  function refresh() {
    const isChanged = draft !== null && drafts.isChanged(path);
    save.disabled = !isChanged || saving || (checked?.text === draft.text && checked.errors.length > 0);
    revert.disabled = !isChanged || saving;
    setText(state, draft === null ? 'Fetching …' : saving ? 'Saving …' : isChanged ? 'Not saved' : draft.isNew ? 'New key' : `Version ${draft.stored.version}`);
    element.classList.toggle('changed', isChanged);
    sayFindings(isChanged);
  }

  function sayFindings(isChanged) {
    if (draft === null) {
      [check, effect, against].forEach((section) => section.replaceChildren());
      return;
    }
    if (checked) {
      const { errors, warnings } = checked;
      if (checked.text === draft.text) {
        editor.mark(new Map([
          ...warnings.map(({ origin }) => [origin.line, 'warning']),
          ...errors.map(({ origin }) => [origin.line, 'error']),
        ]));
      }
      renew(check,
        h('h2', { class: errors.length ? 'bad' : '' }, errors.length
          ? `${count(errors.length, 'line')} cannot be saved`
          : warnings.length ? `${count(warnings.length, 'line')} without effect at the moment` : 'Every line can be read'),
        ...(errors.length + warnings.length
          ? [h('ol', { class: 'bad-lines' }, ...errors.map((each) => finding(each, 'error')), ...warnings.map((each) => finding(each, 'warning')))]
          : []));
      const more = checked.added + checked.removed + checked.altered - checked.changes.length;
      const isSame = checked.added + checked.removed + checked.altered === 0;
      renew(effect,
        h('h2', {}, 'In the table', h('span', { class: 'tally', 'aria-hidden': 'true' }, ...tally(checked)),
          h('span', { class: 'unseen' }, `: ${tallyInWords(checked)}`)),
        isSame
          ? h('p', { class: 'hint' }, isChanged ? 'Saving changes no route.' : 'This is what the table has.')
          : lines(tableLines(checked), 'What would change in the table'),
        ...(more > 0 ? [h('p', { class: 'hint' }, `and ${count(more, 'more target')}`)] : []));
    } else {
      check.replaceChildren(h('p', { class: 'hint' }, 'Checking …'));
      effect.replaceChildren();
    }
    const differing = textLines(draft.stored.value, draft.text.trimEnd());
    renew(against, ...(isChanged && differing.length
      ? [h('h2', {}, draft.isNew ? 'Nothing is stored yet' : `Against the stored text, version ${draft.stored.version}`),
        lines(differing, 'Lines that differ from the stored text')]
      : []));
  }

  function finding({ origin, reason, fits }, kind) {
    return h('li', { class: kind },
      h('button', { type: 'button', class: 'plain', onclick: () => editor.goTo(origin.line) }, `Line ${origin.line}`),
      h('span', {}, reason),
      ...(fits ? [h('p', { class: 'fits' }, 'What would fit: ', h('code', {}, fits))] : []));
  }

  /** Says something above the text until the next step. */
  function tell(kind, text, ...actions) {
    unread = null;
    notice.hidden = !text;
    notice.className = `notice ${kind}`;
    notice.replaceChildren(...(text ? [h('p', {}, text), ...actions.map(([label, onclick]) =>
      h('button', { type: 'button', class: 'plain', onclick }, label))] : []));
  }

  async function store() {
    if (save.disabled) {
      return;
    }
    const saved = draft;
    const { text } = saved;
    saving = true;
    refresh();
    try {
      const response = await write('PUT', `api/manual${escaped(path)}`, { value: text, version: saved.stored.version });
      if (response.ok) {
        saved.stored = { value: text.trim(), version: saved.stored.version };
        saved.isNew = false;
        // What was typed while it was being saved stays.
        saved.text = saved.text === text ? saved.stored.value : saved.text;
        await Promise.all([load(saved.path), loadKeys()]);
        tell('good', 'Saved.');
      } else if (response.status === 409) {
        await conflict(saved);
      } else {
        tell('error', `Not saved: ${(await response.text()).trim()}`);
      }
    } catch (failure) {
      tell('error', failure instanceof Refused
        ? `Not saved: Tagway refused it (${failure.message}). Perhaps nobody may write any more (ui.access=ro). Your text is still here.`
        : `Not saved, as there was no answer (${failure.message}). Your text is still here.`);
    } finally {
      saving = false;
      refresh();
    }
  }

  /** Somebody else was faster. Theirs is stored, ours stays in the editor; the next save is against theirs. */
  async function conflict(saved) {
    const known = saved.stored.version;
    const opened = await load(saved.path);
    if (!opened) {
      return;
    }
    tell('error',
      opened.stored.version === known
        ? 'Not saved: the registry refused the text, perhaps because it takes no overrides.'
        : `Not saved: somebody else has stored version ${opened.stored.version} meanwhile. Your text is untouched; `
          + 'below, both are compared. Saving again replaces theirs.',
      theirs(opened.stored.value));
    notice.append(h('details', {}, h('summary', {}, 'The stored text'), h('pre', { tabindex: 0 }, opened.stored.value || '(empty)')));
    notice.lastChild.open = true;
  }

  /** The way to the stored text, and back from it. */
  function theirs(text) {
    return ['Take theirs', () => {
      replaceBy(text);
      tell('good', 'This is the stored text.', ['Back to mine', () => {
        tell('');
        if (mine !== null) {
          replaceBy(mine);
        }
      }]);
    }];
  }

  return {
    element,

    shown(rest) {
      visible = true;
      let other = '';
      try {
        other = rest ? `/${decodeURIComponent(rest)}` : '';
      } catch {
        // A bad escape: the default key then.
      }
      if (draft === null || other !== path) {
        open(other);
      } else {
        load(path);
      }
    },

    left() {
      visible = false;
    },

    tableChanged() {
      if (draft) {
        ask(TYPING_MILLIS);
        changeTimer ||= setTimeout(look, CHANGE_MILLIS);
      }
    },
  };
}
