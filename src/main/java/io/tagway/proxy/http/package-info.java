/**
 * The HTTP data path: a request is decided, done and told, all on one event loop. May import proxy
 * and what proxy may import; this is the one room that also meets Netty's HTTP codec. Must not know
 * proxy.tcp, a registry, or the name of an option.
 */
@NullMarked
package io.tagway.proxy.http;

import org.jspecify.annotations.NullMarked;
