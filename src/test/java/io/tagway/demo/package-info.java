/** The runnable story of the README. */
@NullMarked
package io.tagway.demo;

import org.jspecify.annotations.NullMarked;
