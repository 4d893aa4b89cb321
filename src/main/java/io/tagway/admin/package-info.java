/**
 * The page and the API of {@code ui.addr} as one request handler, so that people and scripts can
 * see the table that is in use and change the manual overrides. May import route, config, auth, the
 * interfaces of registry, the rehearsal of proxy and the status of bgp. Must not open sockets, nor
 * know how a proxy or a registry works.
 */
@NullMarked
package io.tagway.admin;

import org.jspecify.annotations.NullMarked;
