/**
 * The access log: what became of requests, a line each. May import config, route, proxy and the
 * JDK. Must not know who serves requests, nor open what it writes to.
 */
@NullMarked
package io.tagway.accesslog;

import org.jspecify.annotations.NullMarked;
