/**
 * Measurements of the registry against a real Consul, for {@code make bench}.
 *
 * <p>May import the registry room, its tests and the test kit. Must not be needed by any test.
 */
@NullMarked
package io.tagway.registry.bench;

import org.jspecify.annotations.NullMarked;
