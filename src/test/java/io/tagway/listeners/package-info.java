/** Tests of listeners of every kind, from outside the packed jar. */
@NullMarked
package io.tagway.listeners;

import org.jspecify.annotations.NullMarked;
