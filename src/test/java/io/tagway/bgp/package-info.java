/** Tests of the room. */
@NullMarked
package io.tagway.bgp;

import org.jspecify.annotations.NullMarked;
