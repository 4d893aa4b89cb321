package io.tagway.accesslog;

import io.tagway.proxy.Failure;
import io.tagway.proxy.Outcome;
import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import io.tagway.route.PathMatcher;
import io.tagway.route.RequestPath;
import io.tagway.route.RouteRequest;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Outcomes as the data path tells them. */
final class Outcomes {
  private final Map<String, String> sent = new HashMap<>();
  private final Map<String, String> passed = new HashMap<>();
  private String peer = "192.0.2.1";
  private String uri = "/a/b?x=1";
  private String host = "a.test:8080";
  private boolean tls;
  private Target target = target("route add svc a.test/ http://up.test:81/");

  static Target target(String route) {
    Table table =
        Table.of(
            new Table.Options(
                PathMatcher.PREFIX, Strategy.RND, true, target -> new Target.Attachment() {}),
            Map.of(),
            CommandText.parse(route, new Origin(Origin.Kind.STATIC, "", "", 0)).lines());
    return table.lookup(new RouteRequest(false, "a.test", RequestPath.of("/"), ""));
  }

  Outcomes sent(String name, String value) {
    sent.put(name.toLowerCase(Locale.ROOT), value);
    return this;
  }

  Outcomes passed(String name, String value) {
    passed.put(name.toLowerCase(Locale.ROOT), value);
    return this;
  }

  Outcomes peer(String address) {
    peer = address;
    return this;
  }

  Outcomes uri(String text) {
    uri = text;
    return this;
  }

  Outcomes host(String text) {
    host = text;
    return this;
  }

  Outcomes tls() {
    tls = true;
    return this;
  }

  Outcomes route(String route) {
    target = target(route);
    return this;
  }

  private Outcome.Asked asked() {
    return new Outcome.Asked(
        1_000,
        1_000 + 51_034_310,
        peer,
        4711,
        tls,
        "HTTP/1.1",
        "GET",
        host,
        uri,
        name -> sent.getOrDefault(name.toLowerCase(Locale.ROOT), ""),
        name -> passed.getOrDefault(name.toLowerCase(Locale.ROOT), ""));
  }

  Outcome answered() {
    return new Outcome.Answered(asked(), 200, target, "/b?x=1", 5, 40_000_000, 1);
  }

  Outcome tunnelled() {
    return new Outcome.Tunnelled(asked(), target, "/b?x=1", "websocket", 7, 9, 40_000_000, 1);
  }

  /**
   * @param shown status that the client has seen, with 3 bytes; else 0
   */
  Outcome failed(Failure failure, int shown, int tries) {
    return new Outcome.Failed(
        asked(), failure, target, "/b?x=1", shown, shown == 0 ? 0 : 3, tries, null);
  }

  Outcome own(int status) {
    return new Outcome.Own(asked(), status, status == 404 ? Target.NONE : target);
  }
}
