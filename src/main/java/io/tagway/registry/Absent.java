package io.tagway.registry;

import io.tagway.route.Command;
import io.tagway.route.Origin;

/**
 * A route that there would be if its instance were well.
 *
 * @param command what the table lacks
 * @param origin the instance
 * @param reason why it gets no traffic, such as {@code check web-http is critical}
 */
public record Absent(Command.Add command, Origin origin, String reason) {}
