// Puts the page together: what stands in the bar, and the views.

import { Drawer } from './details.js';
import { follow } from './live.js';
import { TableModel } from './model.js';
import { Navigation } from './navigation.js';
import { problemList } from './problems.js';
import { statusLine } from './status.js';
import { views } from './views.js';

const settings = JSON.parse(document.documentElement.dataset.settings);
const byId = (id) => document.getElementById(id);

byId('title').textContent = settings.title;
byId('title').hidden = !settings.title;
byId('version').textContent = settings.version;
byId('version').title = settings.readOnly ? 'Read-only: ui.access=ro' : 'Overrides can be written: ui.access=rw';

const drawer = new Drawer(byId('drawer'));
const model = new TableModel(settings);
const status = statusLine({ word: byId('state'), banner: byId('banner') });
const problems = problemList({ button: byId('problems'), drawer });
const navigation = new Navigation({
  menu: byId('views'),
  main: byId('view'),
  views: views.filter((view) => view.fits?.(settings) ?? true),
  make: (view) => view.make({ model, settings, drawer }),
  onMove: () => drawer.close(true),
  onView: ({ name }) => status.entitle([name, 'Tagway', settings.title].filter(Boolean).join(' – ')),
});

follow({
  model,
  heartbeatMillis: settings.heartbeatMillis,
  onTable: (tally) => {
    status.tableCame();
    navigation.tell('tableChanged', tally);
  },
  onNumbers: () => navigation.tell('numbersChanged', null),
  onStatus: (next) => {
    status.statusReceived(next);
    problems.update(next);
    navigation.tell('statusReceived', next);
  },
  onHistory: (news) => navigation.tell('historyChanged', news),
  onConnect: () => problems.forget(),
  onFailure: (reason) => status.tableFailed(reason),
  onContact: (next) => {
    status.contactChanged(next);
    problems.contactChanged(next);
    navigation.tell('contactChanged', next);
  },
});

// A link to another view, wherever it stands.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-inside]');
  if (link && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    navigation.go(link.getAttribute('href'));
  }
});

document.addEventListener('keydown', (event) => {
  const writing = event.target.matches('input, textarea') && event.key !== 'Escape';
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writing) {
    return;
  }
  if ((event.key === 'Escape' && drawer.close()) || navigation.key(event)) {
    event.preventDefault();
  }
});

const themes = ['auto', 'light', 'dark'];
const themeButton = byId('theme');

function chosenTheme() {
  return document.documentElement.dataset.theme ?? 'auto';
}

function choose(theme) {
  if (theme === 'auto') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  try {
    localStorage.setItem('tagway.theme', theme);
  } catch {
    // Not kept then.
  }
  sayTheme();
}

function sayTheme() {
  const text = `Theme: ${chosenTheme()}`;
  themeButton.setAttribute('aria-label', text);
  themeButton.title = text;
}

themeButton.addEventListener('click', () => {
  choose(themes[(themes.indexOf(chosenTheme()) + 1) % themes.length]);
});
sayTheme();
