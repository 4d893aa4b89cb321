/** Tests of the room. */
@NullMarked
package io.tagway.auth;

import org.jspecify.annotations.NullMarked;
