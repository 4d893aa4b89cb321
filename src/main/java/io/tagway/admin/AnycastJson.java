package io.tagway.admin;

import io.tagway.bgp.BgpStatus;
import io.tagway.bgp.BgpStatus.PeerStatus;
import io.tagway.bgp.PeerState;
import java.time.Instant;

/** What is announced by BGP and to whom, as JSON. */
final class AnycastJson {
  private AnycastJson() {}

  /** Everything that is known. */
  static void whole(StringBuilder out, BgpStatus status, Instant now) {
    out.append("{\"announcing\":").append(status.announcing());
    TableJson.list(out.append(",\"prefixes\":"), status.prefixes(), GoJson::string);
    TableJson.list(
        out.append(",\"peers\":"), status.peers(), (text, peer) -> peer(text, peer, now));
    out.append('}');
  }

  private static void peer(StringBuilder out, PeerStatus peer, Instant now) {
    TableJson.text(out.append('{'), "address", peer.address());
    out.append(",\"asn\":").append(peer.asn());
    TableJson.text(out.append(','), "state", peer.state().word());
    TableJson.seconds(out.append(",\"sinceSeconds\":"), peer.since(), now);
    TableJson.list(out.append(",\"announced\":"), peer.announced(), GoJson::string);
    TableJson.text(out.append(','), "lastFault", peer.lastFault());
    out.append('}');
  }

  /** Counts only. */
  static void brief(StringBuilder out, BgpStatus status) {
    long up = status.peers().stream().filter(peer -> peer.state() == PeerState.ESTABLISHED).count();
    out.append("{\"announcing\":").append(status.announcing());
    out.append(",\"prefixes\":").append(status.prefixes().size());
    out.append(",\"peers\":").append(status.peers().size());
    out.append(",\"peersUp\":").append(up).append('}');
  }
}
