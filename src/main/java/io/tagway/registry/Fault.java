package io.tagway.registry;

import java.time.Instant;

/**
 * Something that went wrong with reading a registry.
 *
 * @param last when it was seen last
 * @param times how often it was seen
 * @param text fit for the log
 */
public record Fault(Instant last, int times, String text) {}
