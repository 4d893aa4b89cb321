package io.tagway.bgp;

import java.time.Instant;
import java.util.List;

/**
 * The speaker at one moment, for people.
 *
 * @param announcing whether the prefixes are to be announced
 * @param prefixes all that are configured, {@code ADDRESS/LENGTH}
 */
public record BgpStatus(boolean announcing, List<String> prefixes, List<PeerStatus> peers) {
  public BgpStatus {
    prefixes = List.copyOf(prefixes);
    peers = List.copyOf(peers);
  }

  /**
   * One peer.
   *
   * @param since when it came into this state
   * @param announced the prefixes that it has been sent
   * @param lastFault why the last try or session ended; empty = none did
   */
  public record PeerStatus(
      String address,
      long asn,
      PeerState state,
      Instant since,
      List<String> announced,
      String lastFault) {
    public PeerStatus {
      announced = List.copyOf(announced);
    }
  }
}
