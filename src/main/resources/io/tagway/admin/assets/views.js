// The views of the page, in the order of the menu. Another one is a module and a line here.

import { healthView } from './health.js';
import { historyView } from './history.js';
import { manualView } from './manual.js';
import { routesView } from './routes.js';
import { tryView } from './try.js';

/**
 * `path` is what stands behind the base of the page, `fits(settings)` says whether there is such a
 * view with these settings. `make({model, settings, drawer})` gives `{element}` and, where the view
 * needs them, `tableChanged(tally)`, `numbersChanged()`, `statusReceived(status)`,
 * `historyChanged(news)`, `key(event)` (returns whether the key meant something), `shown(rest)` with
 * what the path says behind the name of the view, and `left()`.
 */
export const views = [
  { path: 'routes', name: 'Routes', make: routesView },
  { path: 'try', name: 'Try', make: tryView },
  { path: 'manual', name: 'Overrides', fits: (settings) => !settings.readOnly, make: manualView },
  { path: 'history', name: 'History', make: historyView },
  { path: 'status', name: 'Health', make: healthView },
];
