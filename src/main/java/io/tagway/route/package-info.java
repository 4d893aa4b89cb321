/**
 * Turns route commands into an immutable table and finds the target of a request in it: values and
 * pure functions. May import the JDK only. Must not know Vert.x, I/O, clocks, loggers or settings.
 */
@NullMarked
package io.tagway.route;

import org.jspecify.annotations.NullMarked;
