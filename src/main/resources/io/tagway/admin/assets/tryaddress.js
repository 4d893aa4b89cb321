// Addresses with which routes are tried.

/** A URL that a route is likely to answer; empty for one that takes connections. */
export function addressOf({ host, path }) {
  if (host.startsWith(':')) {
    return '';
  }
  return `http://${host.replace(/\*+/g, 'www') || location.hostname}${path.replace(/\*+/g, '')}`;
}

/** Where this view tries that route. */
export const tryAddress = (route) => `try?${new URLSearchParams({ url: addressOf(route) })}`;
