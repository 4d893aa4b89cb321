package io.tagway.bgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.bgp.Gobgpd.Setup;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.Until;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed router between gobgpd or BIRD and its own life: told while it serves, not longer. */
class AnycastIT {
  private static final String PREFIX = "10.99.0.1/32";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static List<String> args(String peer, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("-proxy.addr", "127.0.0.1:0", "-ui.addr", "127.0.0.1:0"));
    args.addAll(List.of("-bgp.enabled", "-bgp.asn", "65000", "-bgp.routerid", "127.0.0.2"));
    args.addAll(List.of("-bgp.nexthop", "10.99.9.9", "-bgp.anycastaddresses", PREFIX));
    args.addAll(List.of("-bgp.listenport=-1", "-bgp.peers", peer));
    args.addAll(List.of(more));
    return args;
  }

  private static TagwayProcess router(String peer) throws Exception {
    return TagwayProcess.start(
        args(
            peer,
            "-registry.backend",
            "static",
            "-registry.static.routes",
            "route add a / http://127.0.0.1:1/"));
  }

  private static String peer(Gobgpd gobgpd) {
    return "address=" + Gobgpd.ADDRESS + ";port=" + gobgpd.port() + ";asn=65001";
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString());
  }

  private static JsonObject status(TagwayProcess tagway) throws Exception {
    return new JsonObject(get(tagway.adminPort(), "/api/status").body()).getJsonObject("bgp");
  }

  private static void seen(Gobgpd gobgpd, TagwayProcess tagway) {
    Until.holds(
        () -> PREFIX + " in " + gobgpd.story() + tagway.log(),
        () -> gobgpd.routes("ipv4").contains(PREFIX));
  }

  private static void gone(Gobgpd gobgpd) {
    Until.holds(
        () -> "no routes in " + gobgpd.story(), () -> gobgpd.routes("ipv4").strip().equals("{}"));
  }

  @Test
  void whileItServesAndNoLonger(@TempDir Path dir) throws Exception {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external());
        TagwayProcess tagway = router(peer(gobgpd))) {
      seen(gobgpd, tagway);
      JsonObject bgp = status(tagway);
      assertTrue(bgp.getBoolean("announcing"));
      JsonObject peer = bgp.getJsonArray("peers").getJsonObject(0);
      assertEquals("Established", peer.getString("state"));
      assertEquals(PREFIX, peer.getJsonArray("announced").getString(0));

      tagway.terminate();
      gone(gobgpd);
      assertEquals(0, tagway.exit(LIMIT));
      Until.holds(gobgpd::story, () -> gobgpd.daemon().log().contains("Tagway is stopping"));
    }
  }

  /** The sessions stay for the grace period, in which other routers take over. */
  @Test
  void theRoutesGoBeforeTheListeners(@TempDir Path dir) throws Exception {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external());
        TagwayProcess tagway =
            TagwayProcess.start(
                args(
                    peer(gobgpd),
                    "-registry.backend=static",
                    "-registry.static.routes=route add a / http://127.0.0.1:1/",
                    "-proxy.deregistergraceperiod=60s"))) {
      int port = tagway.proxyPort();
      seen(gobgpd, tagway);
      tagway.terminate();
      gone(gobgpd);

      assertFalse(status(tagway).getBoolean("announcing"));
      assertEquals(502, get(port, "/").statusCode(), "it still serves");
    }
  }

  @Test
  void aKilledRouterIsForgottenAtOnce(@TempDir Path dir) throws Exception {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external());
        TagwayProcess tagway = router(peer(gobgpd))) {
      seen(gobgpd, tagway);
      Daemon.run("kill", "-KILL", Long.toString(tagway.pid()));
      gone(gobgpd);
      assertFalse(gobgpd.daemon().log().contains("hold timer expired"), gobgpd::story);
    }
  }

  @Test
  void birdSeesItTooAndForgetsItAfterAStopAndAfterAKill(@TempDir Path dir) throws Exception {
    int port = Daemon.freePort("127.0.0.10");
    String passive =
        """
        local 127.0.0.10 port %d as 65001;
        neighbor 127.0.0.2 as 65000;
        passive yes;
        multihop 2;
        """
            .formatted(port);
    String peer = "address=127.0.0.10;port=" + port + ";asn=65001;multihop=true;multihoplength=2";
    try (Bird bird = new Bird(dir, passive)) {
      try (TagwayProcess tagway = router(peer)) {
        bird.sees(PREFIX);
        tagway.terminate();
        bird.seesNothing();
        assertEquals(0, tagway.exit(LIMIT));
      }
      try (TagwayProcess tagway = router(peer)) {
        bird.sees(PREFIX);
        Daemon.run("kill", "-KILL", Long.toString(tagway.pid()));
        bird.seesNothing();
      }
    }
  }

  @Test
  void nothingIsToldBeforeThereIsATable(@TempDir Path dir) throws Exception {
    try (Gobgpd gobgpd = new Gobgpd(dir, Setup.external());
        TagwayProcess tagway =
            TagwayProcess.start(
                args(
                    peer(gobgpd),
                    "-registry.consul.addr=127.0.0.1:1",
                    "-registry.timeout=3s",
                    "-registry.retry=200ms"))) {
      assertEquals(
          "Idle", status(tagway).getJsonArray("peers").getJsonObject(0).getString("state"));
      assertEquals(1, tagway.exit(LIMIT));
      assertFalse(gobgpd.daemon().log().contains("Peer Up"), gobgpd::story);
    }
  }

  @Test
  void settingsThatCannotBeHonouredEndTheStart() throws Exception {
    try (TagwayProcess tagway =
        TagwayProcess.start(
            args("address=127.0.0.9;asn=65001", "-bgp.gobgpdcfgfile=/etc/gobgpd.toml"))) {
      assertEquals(1, tagway.exit(LIMIT));
      assertTrue(tagway.log().contains("[FATAL] "), tagway.log());
      assertTrue(tagway.log().contains("bgp.gobgpdcfgfile"), tagway.log());
      assertFalse(tagway.log().contains("\tat "), tagway.log());
    }
  }
}
