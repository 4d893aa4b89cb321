/**
 * The entry and the composition root: reads the configuration, builds the rooms by constructor,
 * starts them in order and stops them in reverse. May import every room. Decides nothing itself.
 */
@NullMarked
package io.tagway;

import org.jspecify.annotations.NullMarked;
