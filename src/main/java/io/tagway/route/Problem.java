package io.tagway.route;

/**
 * Something written that cannot be used. Nothing else is lost because of it.
 *
 * @param origin where it stands
 * @param text what stands there
 * @param reason what is wrong
 * @param fits what would fit
 */
public record Problem(Origin origin, String text, String reason, String fits) {}
