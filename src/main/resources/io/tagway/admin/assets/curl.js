// A request as a command line for curl, for a POSIX shell.

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The request that a target would get, sent to it by hand.
 *
 * @param sent as in the answer of api/try
 * @param request the client's, for its method
 */
export function curl(sent, request) {
  const lines = sent.lines.filter(({ name }) => !name.startsWith(':'));
  const authority = sent.lines.find(({ name }) => name === ':authority');
  const words = ['curl', '-v', '--path-as-is', '--globoff'];
  if (sent.http2) {
    words.push(sent.url.startsWith('grpcs:') ? '--http2' : '--http2-prior-knowledge');
  }
  words.push(...(request.method === 'HEAD' ? ['--head'] : ['-X', quoted(request.method)]));
  if (authority) {
    words.push('-H', quoted(`Host: ${authority.value}`));
  }
  for (const { name, value } of lines) {
    words.push('-H', quoted(value === '' ? `${name};` : `${name}: ${value}`));
  }
  // What curl would add by itself.
  for (const own of ['User-Agent', 'Accept']) {
    if (!lines.some(({ name }) => name.toLowerCase() === own.toLowerCase())) {
      words.push('-H', quoted(`${own}:`));
    }
  }
  words.push(quoted(sent.url.replace(/^grpc/, 'http')));
  return words.join(' ');
}
