/**
 * Where routes come from: sources (Consul, a file, a text in the settings) that end in commands,
 * the overrides that the admin API edits, the registration of this router, and the one writer of
 * the table.
 *
 * <p>May import route, config, outbound, consul, metrics, Vert.x and the JDK. Every registry runs
 * on a thread of its own, so that reading a large catalog never delays a request.
 *
 * <p>Must not know requests or listeners: it is asked for a table and tells observers of a new one.
 */
@NullMarked
package io.tagway.registry;

import org.jspecify.annotations.NullMarked;
