// Help with the language of manual commands.

import { h } from './dom.js';

const code = (text) => h('code', { class: 'block' }, text);

/** For the drawer. */
export function languageHelp() {
  return {
    title: 'Route commands',
    content: [
      h('p', {}, 'One command a line, carried out in order after those of the services. Empty lines and lines that begin with ',
        h('code', {}, '#'), ' mean nothing.'),
      h('dl', {},
        h('dt', {}, 'Add a target'),
        h('dd', {}, code('route add <service> <source> <destination>\n  [weight <w>] [tags "<t1>,<t2>"] [opts "<k=v k=v>"]')),
        h('dt', {}, 'Remove targets'),
        h('dd', {}, code('route del <service> [<source> [<destination>]]\nroute del [<service>] tags "<t1>,<t2>"')),
        h('dt', {}, 'Share traffic'),
        h('dd', {}, code('route weight <service> <source> weight <w>\n  [tags "<t1>,<t2>"]\nroute weight <source> weight <w> tags "<t1>,<t2>"')),
        h('dt', {}, 'Source'),
        h('dd', {}, h('code', {}, 'host/path'), ', ', h('code', {}, '/path'), ' for any host, ',
          h('code', {}, '*.example.com/'), ', or ', h('code', {}, ':port'), ' for TCP'),
        h('dt', {}, 'Weight'),
        h('dd', {}, 'The share of the route, 0.1 is 10 %. What is left goes to targets without a weight.'),
        h('dt', {}, 'Options'),
        h('dd', {}, ...['strip=/path', 'prepend=/path', 'host=name', 'proto=https', 'redirect=301', 'allow=ip:10.0.0.0/8', 'auth=name']
          .flatMap((option, i) => [i ? ', ' : '', h('code', {}, option)])),
        h('dt', {}, 'For example'),
        h('dd', {}, code('# a tenth of the traffic to the new ones\nroute weight web shop.example.com/ weight 0.1 tags "new"\n'
          + '# maintenance\nroute del web shop.example.com/\nroute add sorry shop.example.com/ http://10.0.0.9:80/'))),
    ],
  };
}
