// Writes to the server. A browser has to send a token along, which only our own page can read.

let token = null;

/** Tagway did answer, and would not do it. */
export class Refused extends Error {}

async function freshToken() {
  const response = await fetch('api/token');
  if (!response.ok) {
    throw new Refused((await response.text()).trim() || response.statusText);
  }
  token = (await response.json()).token;
}

function send(method, address, body) {
  return fetch(address, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-Tagway-Token': token },
    body: JSON.stringify(body),
  });
}

/** Sends a body as JSON. After a restart of the server the token is another one: fetched once more. */
export async function write(method, address, body) {
  if (token === null) {
    await freshToken();
  }
  const response = await send(method, address, body);
  if (response.status !== 403) {
    return response;
  }
  await freshToken();
  return send(method, address, body);
}
