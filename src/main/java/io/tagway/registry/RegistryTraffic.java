package io.tagway.registry;

/**
 * Requests to a registry since the start.
 *
 * @param answered as was hoped for
 * @param failed all others
 */
public record RegistryTraffic(long answered, long failed) {
  /** That of a registry that is not asked over a network. */
  public static final RegistryTraffic NONE = new RegistryTraffic(0, 0);
}
