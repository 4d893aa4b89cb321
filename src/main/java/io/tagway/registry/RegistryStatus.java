package io.tagway.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * How well the registry is known right now.
 *
 * @param backend consul, file, static or custom
 * @param state the state
 * @param lastGood when the last complete answer came
 * @param tableSince when the table in use was built
 * @param lastError what went wrong last, empty if nothing since lastGood
 */
public record RegistryStatus(
    String backend,
    State state,
    Optional<Instant> lastGood,
    Optional<Instant> tableSince,
    String lastError) {
  /** The states. */
  public enum State {
    /** No table yet. */
    CONNECTING,
    /** The table is what the registry says. */
    CURRENT,
    /** The registry cannot be read; the last good table is in use. */
    STALE
  }
}
