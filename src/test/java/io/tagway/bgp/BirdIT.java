package io.tagway.bgp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.Settings.BgpPeer;
import io.tagway.testkit.Until;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The speaker against BIRD 2. */
class BirdIT {
  private static final String PREFIX = "10.99.0.1/32";
  private static final String PREFIX6 = "2001:db8:99::1/128";
  private static final String ADDRESS = "127.0.0.10";

  private final Vertx vertx = Vertx.vertx();

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  private BgpSpeaker started(BgpSettings settings) {
    BgpSpeaker speaker = new BgpSpeaker(vertx, settings.build());
    await(speaker.start());
    await(speaker.announce());
    return speaker;
  }

  private static BgpPeer peer(int port, long asn, boolean multihop, int length, String password) {
    return new BgpPeer(ADDRESS, port, asn, multihop, length, password);
  }

  @Test
  void bothFamiliesAreSeenAndGoneAfterTheStop(@TempDir Path dir) throws IOException {
    int port = Daemon.freePort(ADDRESS);
    String passive =
        """
        local %s port %d as 65001;
        neighbor 127.0.0.2 as 65000;
        multihop 2;
        passive yes;
        """
            .formatted(ADDRESS, port);
    try (Bird bird = new Bird(dir, passive)) {
      BgpSpeaker speaker =
          started(
              new BgpSettings()
                  .anycast(PREFIX, PREFIX6)
                  .nextHop("2001:db8:99::9")
                  .peers(peer(port, 65001, true, 2, "")));
      bird.sees(PREFIX6);
      bird.sees(PREFIX);
      bird.sees("BGP.next_hop: 127.0.0.2");
      bird.sees("BGP.next_hop: 2001:db8:99::9");
      bird.sees("BGP.as_path: 65000");
      await(speaker.stop(Duration.ofSeconds(5)));
      bird.seesNothing();
      String protocol = bird.birdc("show protocols all tagway");
      assertTrue(protocol.contains("Received: Administrative shutdown"), protocol);
    }
  }

  @Test
  void aPasswordSignsSessionsOfBothDirections(@TempDir Path dir) throws IOException {
    int port = Daemon.freePort(ADDRESS);
    int here = Daemon.freePort("127.0.0.2");
    String active =
        """
        local %s port %d as 65001;
        neighbor 127.0.0.2 port %d as 65000;
        multihop 2;
        password "hunter2";
        """
            .formatted(ADDRESS, port, here);
    try (Bird bird = new Bird(dir, active)) {
      BgpSpeaker speaker =
          started(new BgpSettings().listenPort(here).peers(peer(port, 65001, true, 2, "hunter2")));
      bird.sees(PREFIX);
      await(speaker.stop(Duration.ofSeconds(5)));
      bird.seesNothing();
    }
  }

  /** With TTL security the peer takes only packets of at least that TTL. */
  @Test
  void theMultihopLengthIsTheTtl(@TempDir Path dir) throws IOException {
    int port = Daemon.freePort(ADDRESS);
    String strict =
        """
        local %s port %d as 65001;
        neighbor 127.0.0.2 as 65000;
        multihop 3;
        ttl security yes;
        passive yes;
        """
            .formatted(ADDRESS, port);
    try (Bird bird = new Bird(dir, strict)) {
      BgpSpeaker near = started(new BgpSettings().peers(peer(port, 65001, true, 255, "")));
      bird.sees(PREFIX);
      await(near.stop(Duration.ofSeconds(5)));
      bird.seesNothing();
      BgpSpeaker far = started(new BgpSettings().peers(peer(port, 65001, true, 252, "")));
      Until.holds("the failed try", () -> !far.status().peers().get(0).lastFault().isEmpty());
      await(far.stop(Duration.ofSeconds(5)));
    }
  }

  @Test
  void aRefreshBringsThePrefixesAgain(@TempDir Path dir) throws IOException {
    int port = Daemon.freePort(ADDRESS);
    String passive =
        """
        local %s port %d as 65001;
        neighbor 127.0.0.2 as 65000;
        multihop 2;
        passive yes;
        """
            .formatted(ADDRESS, port);
    try (Bird bird = new Bird(dir, passive)) {
      BgpSpeaker speaker = started(new BgpSettings().peers(peer(port, 65001, true, 2, "")));
      bird.sees(PREFIX);
      bird.birdc("reload in tagway");
      Until.holds(
          bird::story,
          () -> bird.birdc("show protocols all tagway").matches("(?s).*Import updates:\\s+2\\s.*"));
      bird.sees(PREFIX);
      await(speaker.stop(Duration.ofSeconds(5)));
    }
  }

  @Test
  void anInternalPeerSeesTheRoute(@TempDir Path dir) throws IOException {
    int port = Daemon.freePort(ADDRESS);
    String internal =
        """
        local %s port %d as 65000;
        neighbor 127.0.0.2 as 65000;
        multihop;
        passive yes;
        """
            .formatted(ADDRESS, port);
    try (Bird bird = new Bird(dir, internal)) {
      BgpSpeaker speaker = started(new BgpSettings().peers(peer(port, 65000, false, 2, "")));
      bird.sees("BGP.local_pref: 100");
      bird.sees(PREFIX);
      await(speaker.stop(Duration.ofSeconds(5)));
      bird.seesNothing();
    }
  }

  @Test
  void overIpv6TheSessionsAddressIsTheNextHop(@TempDir Path dir) throws IOException {
    int port = Daemon.freePort("::1");
    int here = Daemon.freePort("::1");
    String six =
        """
        local ::1 port %d as 65001;
        neighbor ::1 port %d as 65000;
        multihop 2;
        """
            .formatted(port, here);
    try (Bird bird = new Bird(dir, six)) {
      BgpSpeaker speaker =
          started(
              new BgpSettings()
                  .anycast(PREFIX6)
                  .peers(new BgpPeer("::1", port, 65001, true, 2, "")));
      bird.sees("BGP.next_hop: ::1");
      await(speaker.stop(Duration.ofSeconds(5)));
      bird.seesNothing();
    }
  }
}
