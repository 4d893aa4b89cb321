/**
 * Every option in one table, and the way from arguments, environment and properties file to one
 * checked {@link io.tagway.config.Settings}. May import the JDK, picocli, and the enums and small
 * values of {@code route}. Must not know Vert.x, any other room, or what is done with a setting.
 */
@NullMarked
package io.tagway.config;

import org.jspecify.annotations.NullMarked;
