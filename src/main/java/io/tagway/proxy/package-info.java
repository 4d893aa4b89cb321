/**
 * What all listeners share: how one is opened and drained, what can go wrong with a request, what
 * became of it. May import config, route, metrics, tls, auth and Vert.x. Must not know where tables
 * come from.
 */
@NullMarked
package io.tagway.proxy;

import org.jspecify.annotations.NullMarked;
