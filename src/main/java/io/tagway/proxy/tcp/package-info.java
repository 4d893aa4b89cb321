/**
 * The TCP data path: connections are passed on to targets found by port or by TLS server name, and
 * ports open and close with the routes that ask for them. May import proxy and what proxy may
 * import. Must not know proxy.http, a registry, or the name of an option.
 */
@NullMarked
package io.tagway.proxy.tcp;

import org.jspecify.annotations.NullMarked;
