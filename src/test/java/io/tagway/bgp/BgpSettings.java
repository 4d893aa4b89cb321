package io.tagway.bgp;

import io.tagway.config.Settings.Bgp;
import io.tagway.config.Settings.BgpPeer;
import java.util.List;

/** Settings of the speaker that are right until a test changes them. */
final class BgpSettings {
  private long asn = 65000;
  private List<String> anycast = List.of("10.99.0.1/32");
  private String routerId = "127.0.0.2";
  private String nextHop = "";
  private int listenPort = -1;
  private List<String> listenAddresses = List.of("127.0.0.2");
  private List<BgpPeer> peers = List.of(new BgpPeer("127.0.0.9", 1179, 65001, false, 2, ""));
  private String gobgpdFile = "";

  BgpSettings asn(long value) {
    asn = value;
    return this;
  }

  BgpSettings anycast(String... blocks) {
    anycast = List.of(blocks);
    return this;
  }

  BgpSettings routerId(String value) {
    routerId = value;
    return this;
  }

  BgpSettings nextHop(String value) {
    nextHop = value;
    return this;
  }

  BgpSettings listenPort(int value) {
    listenPort = value;
    return this;
  }

  BgpSettings listenAddresses(String... addresses) {
    listenAddresses = List.of(addresses);
    return this;
  }

  BgpSettings peers(BgpPeer... values) {
    peers = List.of(values);
    return this;
  }

  BgpSettings gobgpdFile(String value) {
    gobgpdFile = value;
    return this;
  }

  Bgp build() {
    return new Bgp(
        true,
        asn,
        anycast,
        routerId,
        nextHop,
        listenPort,
        listenAddresses,
        peers,
        false,
        "127.0.0.1:50051",
        false,
        "",
        "",
        gobgpdFile);
  }
}
