/**
 * Metrics: meters that cost next to nothing to change, their names as Fabio writes them, and the
 * outputs that carry them away. May use route (targets have meters), config, the JDK and, for the
 * page alone, Vert.x. Must not know who counts: the rooms above hand in numbers and never learn
 * where they go.
 */
@NullMarked
package io.tagway.metrics;

import org.jspecify.annotations.NullMarked;
