@NullMarked
package io.tagway.admin;

import org.jspecify.annotations.NullMarked;
