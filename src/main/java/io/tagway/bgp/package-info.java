/**
 * A small BGP-4 speaker that announces the anycast addresses and installs nothing. May import
 * {@code config}, Vert.x core and Netty, whose socket options it needs. Must not know routes,
 * listeners or requests: others say when to announce and when to withdraw.
 */
@NullMarked
package io.tagway.bgp;

import org.jspecify.annotations.NullMarked;
