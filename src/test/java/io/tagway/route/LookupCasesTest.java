package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.route.Explanation.HostOutcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Requests to targets: strategy rr, a fresh table, peer 192.0.2.10 unless the case names one. */
class LookupCasesTest {
  @TestFactory
  Stream<DynamicTest> findsWhatTheCaseSays() {
    return new Cases("lookup").all(LookupCasesTest::actual, c -> c.getJsonObject("expect"));
  }

  /** What is told of a lookup is what the lookup does, in every case. */
  @TestFactory
  Stream<DynamicTest> explainsWhatItFinds() {
    return new Cases("lookup")
        .cases()
        .filter(c -> !c.containsKey("tcp"))
        .map(c -> DynamicTest.dynamicTest(c.getString("name"), () -> assertExplained(c)));
  }

  private static void assertExplained(JsonObject c) {
    Table table = table(c);
    JsonObject asked = c.getJsonObject("request");
    Explanation told = table.explain(request(asked), asked.getString("xfp", ""));
    Target found = table.lookup(request(asked), asked.getString("xfp", ""));
    assertEquals(found.isNone() ? Optional.empty() : Optional.of(found.route()), told.route());
    // These tables take turns, and nothing has moved them but the lookup behind the explanation.
    told.route().ifPresent(route -> assertTrue(route.targets().contains(found)));
    long winners = told.hosts().stream().filter(h -> h.outcome() == HostOutcome.WON).count();
    assertEquals(found.isNone() ? 0 : 1, winners, told.hosts().toString());
    if (!found.isNone() && !found.isRedirect()) {
      InetAddress peer = peer(asked);
      List<String> xff = asked.containsKey("xff") ? List.of(asked.getString("xff")) : List.of();
      AccessCause cause = AccessCause.of(found, peer, xff);
      assertEquals(found.access().admits(peer, xff), cause.admitted());
    }
  }

  private static Table table(JsonObject c) {
    PathMatcher matcher = PathMatcher.named(c.getString("matcher", "prefix")).orElseThrow();
    Table.Options options = Tables.options(matcher, !c.getBoolean("globDisabled", false));
    String text = String.join("\n", Cases.texts(c.getJsonArray("table")));
    return Table.of(options, Map.of(), CommandText.parse(text, Tables.ORIGIN).lines());
  }

  private static JsonObject actual(JsonObject c) {
    Table table = table(c);
    if (c.containsKey("tcp")) {
      Target target = table.lookupExact(c.getString("tcp"));
      return target.isNone() ? none() : named(target);
    }
    JsonObject request = c.getJsonObject("request");
    if (c.containsKey("repeat")) {
      JsonArray services = new JsonArray();
      for (int i = 0; i < c.getInteger("repeat"); i++) {
        services.add(table.lookup(request(request)).service());
      }
      return new JsonObject().put("services", services);
    }
    return answer(table.lookup(request(request), request.getString("xfp", "")), request);
  }

  private static JsonObject answer(Target target, JsonObject request) {
    if (target.isNone()) {
      return none();
    }
    JsonObject answer = new JsonObject().put("service", target.service());
    String xff = request.getString("xff");
    if (!target.access().admits(peer(request), xff == null ? List.of() : List.of(xff))) {
      return answer.put("status", 403);
    }
    if (!target.authScheme().isEmpty()) {
      return answer.put("status", 401); // no scheme is configured here
    }
    if (target.isRedirect()) {
      return answer.put(
          "redirect",
          new JsonObject()
              .put("code", target.redirectCode())
              .put("location", target.location(request(request))));
    }
    String upstream = target.scheme() + "://" + target.authority();
    return named(target)
        .put("upstream", upstream + target.upstreamUri(request(request)))
        .put("upstreamHost", target.upstreamHost(request(request).host()));
  }

  private static JsonObject none() {
    return new JsonObject().put("none", true);
  }

  private static JsonObject named(Target target) {
    return new JsonObject().put("service", target.service()).put("dst", target.destination());
  }

  /** The proxy takes the authority of an absolute-form target for the host. */
  private static RouteRequest request(JsonObject request) {
    boolean tls = request.getBoolean("tls", false);
    String uri = request.getString("uri");
    if (uri.startsWith("http://")) {
      String authority = URI.create(uri).getAuthority();
      String target = uri.substring("http://".length() + authority.length());
      return RouteRequest.of(tls, authority, target);
    }
    return RouteRequest.of(tls, request.getString("host"), uri);
  }

  private static InetAddress peer(JsonObject request) {
    String remote = request.getString("remote", "192.0.2.10:1000");
    String address = remote.substring(0, remote.lastIndexOf(':'));
    try {
      return InetAddress.getByName(address.replaceAll("[\\[\\]]|%.*", ""));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(remote, e);
    }
  }
}
