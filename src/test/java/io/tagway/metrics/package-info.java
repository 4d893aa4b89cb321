/** Tests of the meters, their names and their outputs. */
@NullMarked
package io.tagway.metrics;

import org.jspecify.annotations.NullMarked;
