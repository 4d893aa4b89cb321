package io.tagway.bgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.bgp.Gobgpd.Setup;
import io.tagway.config.Settings.BgpPeer;
import io.tagway.testkit.Until;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The speaker against the daemon that Fabio embeds. */
class GobgpdIT {
  private static final String PREFIX = "10.99.0.1/32";
  private static final String PREFIX6 = "2001:db8:99::1/128";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx();
  private final List<BgpSpeaker> speakers = new ArrayList<>();

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @AfterEach
  void stopAll() {
    speakers.forEach(speaker -> await(speaker.stop(LIMIT)));
    await(vertx.close());
  }

  /** A next hop that is not of the loopback net, which gobgpd refuses. */
  private static BgpSettings settings() {
    return new BgpSettings().nextHop("10.99.9.9");
  }

  private static BgpPeer peer(Gobgpd gobgpd, String password) {
    return new BgpPeer(Gobgpd.ADDRESS, gobgpd.port(), 65001, false, 2, password);
  }

  private BgpSpeaker started(BgpSettings settings) {
    BgpSpeaker speaker = new BgpSpeaker(vertx, settings.build());
    speakers.add(speaker);
    await(speaker.start());
    await(speaker.announce());
    return speaker;
  }

  private static PeerState state(BgpSpeaker speaker) {
    return speaker.status().peers().get(0).state();
  }

  private static void seen(Gobgpd gobgpd, String family, String prefix) {
    Until.holds(
        () -> prefix + " in " + gobgpd.story(), () -> gobgpd.routes(family).contains(prefix));
  }

  private static void gone(Gobgpd gobgpd, String family) {
    Until.holds(
        () -> "no routes in " + gobgpd.story(), () -> gobgpd.routes(family).strip().equals("{}"));
  }

  @Test
  void aPrefixIsSeenAfterAnnounceAndGoneAfterWithdraw(@TempDir Path dir) throws IOException {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external())) {
      BgpSpeaker speaker = started(settings().peers(peer(gobgpd, "")));
      seen(gobgpd, "ipv4", PREFIX);
      String route = gobgpd.routes("ipv4");
      assertTrue(route.contains("\"nexthop\":\"10.99.9.9\""), route);
      assertTrue(
          route.contains("\"as_paths\":[{\"segment_type\":2,\"num\":1,\"asns\":[65000]}]"), route);
      assertEquals(List.of(PREFIX), speaker.status().peers().get(0).announced());
      await(speaker.withdraw());
      gone(gobgpd, "ipv4");
      assertEquals(PeerState.ESTABLISHED, state(speaker));
      await(speaker.announce());
      seen(gobgpd, "ipv4", PREFIX);
    }
  }

  @Test
  void stoppingWithdrawsAndSaysWhy(@TempDir Path dir) throws IOException {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external())) {
      BgpSpeaker speaker = started(settings().peers(peer(gobgpd, "")));
      seen(gobgpd, "ipv4", PREFIX);
      await(speaker.stop(LIMIT));
      gone(gobgpd, "ipv4");
      assertEquals(PeerState.IDLE, state(speaker));
      Until.holds(gobgpd::story, () -> gobgpd.daemon().log().contains("Tagway is stopping"));
    }
  }

  @Test
  void anIpv6PrefixGoesOverAnIpv4Session(@TempDir Path dir) throws IOException {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external())) {
      BgpSpeaker speaker =
          started(settings().anycast(PREFIX6).nextHop("2001:db8:99::9").peers(peer(gobgpd, "")));
      seen(gobgpd, "ipv6", PREFIX6);
      assertTrue(gobgpd.routes("ipv6").contains("\"nexthop\":\"2001:db8:99::9\""), gobgpd::story);
      await(speaker.withdraw());
      gone(gobgpd, "ipv6");
    }
  }

  @Test
  void anInternalPeerGetsTheRouteWithAPreference(@TempDir Path dir) throws IOException {
    Setup internal =
        new Setup(
            65000,
            Gobgpd.ADDRESS,
            "neighbor-address = \"127.0.0.2\"\npeer-as = 65000\n",
            Setup.passive());
    try (Gobgpd gobgpd = new Gobgpd(dir, internal)) {
      started(settings().peers(new BgpPeer(Gobgpd.ADDRESS, gobgpd.port(), 65000, false, 2, "")));
      seen(gobgpd, "ipv4", PREFIX);
      String route = gobgpd.routes("ipv4");
      assertTrue(route.contains("{\"type\":5,\"value\":100}"), route);
      assertTrue(route.contains("\"as_paths\":[]") || route.contains("\"as_paths\":null"), route);
    }
  }

  @Test
  void aWideAsIsToldInFourOctets(@TempDir Path dir) throws IOException {
    Setup wide =
        new Setup(
            4_200_000_001L,
            Gobgpd.ADDRESS,
            "neighbor-address = \"127.0.0.2\"\npeer-as = 4200000000\n",
            Setup.passive());
    try (Gobgpd gobgpd = new Gobgpd(dir, wide)) {
      started(
          settings()
              .asn(4_200_000_000L)
              .peers(new BgpPeer(Gobgpd.ADDRESS, gobgpd.port(), 4_200_000_001L, false, 2, "")));
      seen(gobgpd, "ipv4", PREFIX);
      assertTrue(gobgpd.routes("ipv4").contains("\"asns\":[4200000000]"), gobgpd::story);
    }
  }

  @Test
  void aPasswordSignsTheSessionThatIsMadeHere(@TempDir Path dir) throws IOException {
    Setup signed = Setup.external().with("auth-password = \"hunter2\"\n", Setup.passive());
    try (Gobgpd gobgpd = new Gobgpd(dir, signed)) {
      started(settings().peers(peer(gobgpd, "hunter2")));
      seen(gobgpd, "ipv4", PREFIX);
    }
  }

  @Test
  void aWrongPasswordBringsNoSession(@TempDir Path dir) throws IOException {
    Setup signed = Setup.external().with("auth-password = \"hunter2\"\n", Setup.passive());
    try (Gobgpd gobgpd = new Gobgpd(dir, signed)) {
      BgpSpeaker speaker = started(settings().peers(peer(gobgpd, "hunter3")));
      Until.holds("the failed try", () -> !speaker.status().peers().get(0).lastFault().isEmpty());
      assertFalse(gobgpd.routes("ipv4").contains(PREFIX));
    }
  }

  /** {@code ::} takes IPv4 too, where the key belongs to an address mapped into IPv6. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "0.0.0.0", "::"})
  void aPasswordSignsTheSessionThatThePeerMakes(String listening, @TempDir Path dir)
      throws IOException {
    int here = Daemon.freePort("127.0.0.2");
    Setup active =
        Setup.external()
            .with(
                "auth-password = \"hunter2\"\n",
                """
                [neighbors.transport.config]
                remote-port = %d
                local-address = "127.0.0.9"
                """
                    .formatted(here));
    try (Gobgpd gobgpd = new Gobgpd(dir, active)) {
      // Its port is given wrong, so that only the peer can connect.
      int nobody = Daemon.freePort(Gobgpd.ADDRESS);
      started(
          settings()
              .listenPort(here)
              .listenAddresses(listening)
              .peers(new BgpPeer(Gobgpd.ADDRESS, nobody, 65001, false, 2, "hunter2")));
      seen(gobgpd, "ipv4", PREFIX);
    }
  }

  @Test
  void bothMayConnectAndOneSessionStays(@TempDir Path dir) throws IOException {
    int here = Daemon.freePort("127.0.0.2");
    Setup active =
        Setup.external()
            .with(
                "",
                """
                [neighbors.transport.config]
                remote-port = %d
                local-address = "127.0.0.9"
                """
                    .formatted(here));
    try (Gobgpd gobgpd = new Gobgpd(dir, active)) {
      BgpSpeaker speaker = started(settings().listenPort(here).peers(peer(gobgpd, "")));
      seen(gobgpd, "ipv4", PREFIX);
      Until.holds(gobgpd::story, () -> state(speaker) == PeerState.ESTABLISHED);
    }
  }

  @Test
  void aPeerThatWasKilledGetsThePrefixAgain(@TempDir Path dir) throws IOException {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external())) {
      BgpSpeaker speaker = started(settings().peers(peer(gobgpd, "")));
      seen(gobgpd, "ipv4", PREFIX);
      gobgpd.restart();
      seen(gobgpd, "ipv4", PREFIX);
      assertEquals(PeerState.ESTABLISHED, state(speaker));
    }
  }

  @Test
  void aPeerThatFallsSilentIsDroppedWhenTheHoldTimeIsOver(@TempDir Path dir) throws IOException {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external())) {
      BgpSpeaker speaker = started(settings().peers(peer(gobgpd, "")));
      seen(gobgpd, "ipv4", PREFIX);
      gobgpd.daemon().signal("STOP");
      Until.holds(
          "the end of the hold time",
          () -> speaker.status().peers().get(0).lastFault().equals("sent hold timer expired"));
      gobgpd.daemon().signal("CONT");
      seen(gobgpd, "ipv4", PREFIX);
      Until.holds(gobgpd::story, () -> state(speaker) == PeerState.ESTABLISHED);
    }
  }

  @Test
  void aKilledRouterLosesItsRoutesAtOnce(@TempDir Path dir) throws IOException {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external());
        Daemon router = router(dir, gobgpd)) {
      seen(gobgpd, "ipv4", PREFIX);
      router.signal("KILL");
      gone(gobgpd, "ipv4");
      assertFalse(gobgpd.daemon().log().contains("hold timer expired"), gobgpd::story);
    }
  }

  @Test
  void aRouterThatHangsLosesItsRoutesWhenTheHoldTimeIsOver(@TempDir Path dir) throws IOException {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external());
        Daemon router = router(dir, gobgpd)) {
      seen(gobgpd, "ipv4", PREFIX);
      router.signal("STOP");
      gone(gobgpd, "ipv4");
    }
  }

  private static Daemon router(Path dir, Gobgpd gobgpd) throws IOException {
    return new Daemon(
        dir.resolve("router.log"),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            SpeakerProcess.class.getName(),
            String.valueOf(gobgpd.port())));
  }

  /** A router that does nothing but announce, to be killed. */
  static final class SpeakerProcess {
    private SpeakerProcess() {}

    public static void main(String[] args) {
      BgpPeer peer = new BgpPeer(Gobgpd.ADDRESS, Integer.parseInt(args[0]), 65001, false, 2, "");
      BgpSpeaker speaker = new BgpSpeaker(Vertx.vertx(), settings().peers(peer).build());
      await(speaker.start().compose(ignored -> speaker.announce()));
    }
  }
}
