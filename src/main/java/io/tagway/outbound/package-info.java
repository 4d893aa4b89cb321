/**
 * What the environment says about connections that the router opens to ask for something, as
 * against those to targets: whose certificates are trusted ({@link io.tagway.outbound.SystemTrust})
 * and which proxy lies between ({@link io.tagway.outbound.Outbound}).
 *
 * <p>May import config, Vert.x and the JDK.
 *
 * <p>Must not know who asks, nor what for.
 */
@NullMarked
package io.tagway.outbound;

import org.jspecify.annotations.NullMarked;
