// What a view keeps in the address, so that it can be sent to somebody else.

/** A parameter of the address, empty if there is none. */
export const parameter = (name) => new URLSearchParams(location.search).get(name) ?? '';

/** Puts parameters into the address; an empty one leaves it. No step in the history. */
export function keep(parameters) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value) {
      address.searchParams.set(name, value);
    } else {
      address.searchParams.delete(name);
    }
  }
  if (address.href !== location.href) {
    history.replaceState(null, '', address);
  }
}
