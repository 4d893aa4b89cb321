// Says how fresh the table is: a word in the bar, a banner when it is not what it should be.

import { setText } from './dom.js';
import { age, registryName } from './words.js';

/**
 * @param word the short state in the bar
 * @param banner where more is said
 */
export function statusLine({ word, banner }) {
  let status = null;
  let title = document.title;
  let receivedAt = 0;
  let contact = { lost: false, lastHeard: performance.now() };
  let lostAtClock = null;
  let hasTable = false;
  let failure = '';

  function since(seconds) {
    return seconds === null ? null : seconds + (performance.now() - receivedAt) / 1000;
  }

  function say(state, short, long, hint = '') {
    document.documentElement.dataset.state = state;
    word.title = hint;
    setText(word, short); // read out when it changes; the banner, which counts seconds, is not
    setText(banner, long);
    banner.hidden = long === '';
    document.title = state === 'live' ? title : `${short} – ${title}`;
  }

  function refresh() {
    if (contact.lost) {
      const silence = age((performance.now() - contact.lastHeard) / 1000);
      say('lost', 'Lost', status
        ? `No answer from Tagway for ${silence}. What you see is the table of ${lostAtClock}. Trying again.`
        : `No answer from Tagway for ${silence}. Trying again.`);
    } else if (!status) {
      say('connecting', 'Connecting', '');
    } else if (status.state === 'stale') {
      const silence = since(status.lastGoodSeconds);
      const forLong = silence === null ? '' : ` for ${age(silence)}`;
      say('stale', 'Stale', `The table has not been confirmed${forLong}${reason()}. `
        + 'The last good routes below stay in use.');
    } else if (status.state === 'connecting') {
      say('connecting', 'Waiting', `${capital(registryName(status.backend))} has not answered yet${reason()}.`);
    } else if (!hasTable) {
      say('connecting', 'Loading', failure && `The table cannot be read: ${failure}. Trying again.`);
    } else if (failure) {
      say('stale', 'Stale', `The newest table cannot be read: ${failure}. Trying again; what you see is older.`);
    } else {
      say('live', 'Live', '', `Routes from ${registryName(status.backend)}, `
        + `confirmed ${age(since(status.lastGoodSeconds) ?? 0)} ago${anycast()}`);
    }
  }

  function anycast() {
    if (!status.bgp) {
      return '';
    }
    const { announcing, prefixes, peers, peersUp } = status.bgp;
    return announcing
      ? `. BGP: ${prefixes} announced to ${peersUp} of ${peers} peers`
      : `. BGP: nothing announced, ${peersUp} of ${peers} peers up`;
  }

  function reason() {
    return status.error ? `: ${status.error.trim().replace(/\.$/, '')}` : '';
  }

  refresh();
  setInterval(refresh, 1000);

  return {
    statusReceived(next) {
      status = next;
      receivedAt = performance.now();
      refresh();
    },

    /** The title of the document, to which a state that is not good is added. */
    entitle(next) {
      title = next;
      refresh();
    },

    /** There is a table to look at. */
    tableCame() {
      hasTable = true;
      refresh();
    },

    /** Why there is none, or not the newest one; empty when there is. */
    tableFailed(reason) {
      failure = reason.replace(/\.$/, '');
      refresh();
    },

    contactChanged(next) {
      contact = next;
      if (next.lost) {
        const silence = performance.now() - next.lastHeard;
        lostAtClock = new Date(Date.now() - silence).toLocaleTimeString();
      }
      refresh();
    },
  };
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
