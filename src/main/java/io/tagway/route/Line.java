package io.tagway.route;

/** A command and where it came from. */
public record Line(Command command, Origin origin) {}
