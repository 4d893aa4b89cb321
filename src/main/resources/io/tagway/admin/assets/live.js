// Keeps in touch with the server: an event stream tells what changes, a fetch fills what was missed.

const HIDDEN_MILLIS = 60_000;
const FETCH_PAUSE_MILLIS = 300;

/** Versions are RUN-NUMBER; another run of the server begins anew. */
function isOlder(mine, other) {
  const [run, number] = mine.split('-');
  const [otherRun, otherNumber] = other.split('-');
  return run !== otherRun || Number(number) < Number(otherNumber);
}

/**
 * Keeps a model in step with the server until the page is closed.
 *
 * @param model the TableModel to fill
 * @param heartbeatMillis how often the server says something at least
 * @param onTable told after the model changed, with what changed (null at first)
 * @param onNumbers told after the numbers of targets changed
 * @param onStatus told the server's status
 * @param onHistory told that there is more of the history
 * @param onConnect told before contact is sought: who answers may be another run that counts anew
 * @param onFailure told why the table cannot be read; an empty text when it can
 * @param onContact told `{lost, lastHeard}` when contact is lost or regained
 */
export function follow({ model, heartbeatMillis, onTable, onNumbers, onStatus, onHistory, onConnect, onFailure, onContact }) {
  let source = null;
  let lastHeard = performance.now();
  let triedAt = lastHeard;
  let lost = false;
  let wanted = '';
  let absent = null;
  let fetching = false;
  let hiddenTimer = 0;
  let retryTimer = 0;

  function heard() {
    lastHeard = performance.now();
    contact(false);
  }

  function contact(isLost) {
    if (lost !== isLost) {
      lost = isLost;
      onContact({ lost, lastHeard });
    }
  }

  function connect() {
    clearTimeout(retryTimer);
    source?.close();
    absent = null; // another run of the server may answer, and counts anew
    onConnect();
    triedAt = performance.now();
    source = new EventSource('api/events');
    source.addEventListener('status', (event) => {
      heard();
      const status = JSON.parse(event.data);
      onStatus(status);
      want(status.version);
      wantAbsent(status.absentVersion);
    });
    source.addEventListener('numbers', (event) => {
      heard();
      if (model.count(JSON.parse(event.data))) {
        onNumbers();
      }
    });
    source.addEventListener('routes', (event) => {
      heard();
      const change = JSON.parse(event.data);
      const tally = model.apply(change);
      if (tally) {
        onTable(tally);
      }
      want(change.version);
    });
    source.addEventListener('history', (event) => {
      heard();
      onHistory(JSON.parse(event.data));
    });
    source.addEventListener('error', () => {
      contact(true);
      absent = null; // whoever answers next may count anew
      // The browser tries again by itself, but not after an answer that is no event stream.
      if (source.readyState === EventSource.CLOSED) {
        retryTimer = setTimeout(connect, heartbeatMillis);
      }
    });
  }

  async function want(version) {
    wanted = version;
    if (fetching) {
      return;
    }
    fetching = true;
    try {
      while (isOlder(model.version, wanted)) {
        const response = await fetch('api/table');
        if (!response.ok) {
          throw new Error((await response.text()).trim() || response.statusText);
        }
        const table = await response.json();
        if (isOlder(model.version, table.version)) {
          onTable(model.load(table));
        }
        if (isOlder(model.version, wanted)) {
          await new Promise((resolve) => setTimeout(resolve, FETCH_PAUSE_MILLIS));
        }
      }
      onFailure(''); // a difference may have brought what a fetch could not
    } catch (failure) {
      onFailure(failure.message); // the next status event asks again
    } finally {
      fetching = false;
    }
  }

  async function wantAbsent(version) {
    const known = absent;
    if (version === known) {
      return;
    }
    absent = version;
    try {
      const response = await fetch('api/absent');
      if (!response.ok) {
        throw new Error(response.statusText);
      }
      model.lack(await response.json());
      if (model.version) {
        onTable(null);
      }
    } catch {
      absent = known; // the next status event asks again
    }
  }

  // A connection may die without a word: half-open, or the process stopped.
  setInterval(() => {
    const patience = performance.now() - 3 * heartbeatMillis;
    if (source && lastHeard < patience && triedAt < patience) {
      contact(true);
      connect();
    }
  }, 1000);

  // Browsers allow six connections to a host: a page that nobody looks at must not hold one.
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) {
      leaveLater();
    } else if (!source) {
      lastHeard = performance.now();
      connect();
    }
  });

  function leaveLater() {
    hiddenTimer = setTimeout(() => {
      clearTimeout(retryTimer);
      source?.close();
      source = null;
    }, HIDDEN_MILLIS);
  }

  connect();
  if (document.hidden) {
    leaveLater(); // opened in the background
  }
}
