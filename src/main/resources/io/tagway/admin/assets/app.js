// Puts the page together: what stands in the bar, and the view that the path asks for.

import { Drawer } from './details.js';
import { follow } from './live.js';
import { TableModel } from './model.js';
import { problemList } from './problems.js';
import { routesView } from './routes.js';
import { statusLine } from './status.js';

const settings = JSON.parse(document.documentElement.dataset.settings);
const byId = (id) => document.getElementById(id);

// A view is {element, tableChanged(tally), key(event)}; another one is a module and a line here.
const views = { routes: routesView };

const title = settings.title ? `Tagway - ${settings.title}` : 'Tagway';
byId('title').textContent = settings.title;
byId('title').hidden = !settings.title;
byId('version').textContent = settings.version;
byId('version').title = settings.readOnly ? 'Read-only: ui.access=ro' : 'Overrides can be written: ui.access=rw';

const drawer = new Drawer(byId('drawer'));
const model = new TableModel();
const status = statusLine({ word: byId('state'), banner: byId('banner'), title });
const problems = problemList({ button: byId('problems'), drawer });
const name = location.pathname.slice(new URL(document.baseURI).pathname.length).split('/')[0];
const view = (views[name] ?? routesView)({ model, settings, drawer });
byId('view').append(view.element);

follow({
  model,
  heartbeatMillis: settings.heartbeatMillis,
  onTable: (tally) => view.tableChanged(tally),
  onStatus: (next) => {
    status.statusReceived(next);
    problems.update(next);
  },
  onContact: (next) => status.contactChanged(next),
});

document.addEventListener('keydown', (event) => {
  const writing = event.target.matches('input, textarea') && event.key !== 'Escape';
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writing) {
    return;
  }
  if ((event.key === 'Escape' && drawer.close()) || view.key(event)) {
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
