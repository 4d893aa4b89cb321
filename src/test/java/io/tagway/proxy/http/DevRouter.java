package io.tagway.proxy.http;

import io.tagway.auth.AuthSchemes;
import io.tagway.config.Configuration;
import io.tagway.config.ListenerSettings;
import io.tagway.config.Loaded;
import io.tagway.config.Settings;
import io.tagway.proxy.Observer;
import io.tagway.proxy.Transports;
import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import io.tagway.route.Parsed;
import io.tagway.route.Table;
import io.tagway.tls.UpstreamTls;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Map;

/**
 * A router of the data path alone: static routes, HTTP listeners, no admin server. For measuring
 * and for the conformance cases. {@code TAGWAY_LOOPS} and {@code TAGWAY_TRANSPORT} are read from
 * the environment.
 */
public final class DevRouter {
  private DevRouter() {}

  public static void main(String[] args) throws Exception {
    Loaded loaded = Configuration.load("tagway", "dev", List.of(args), System.getenv());
    if (loaded instanceof Loaded.Exit exit) {
      System.err.print(exit.stderr());
      System.exit(exit.status());
    } else if (loaded instanceof Loaded.Start start) {
      run(start.settings());
    }
  }

  private static void run(Settings settings) throws Exception {
    int loops =
        Integer.parseInt(
            System.getenv()
                .getOrDefault(
                    "TAGWAY_LOOPS", Integer.toString(Runtime.getRuntime().availableProcessors())));
    Transports.Choice transport =
        Transports.choose(System.getenv().getOrDefault("TAGWAY_TRANSPORT", ""));
    System.err.println(transport.text());
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(loops))
            .withTransport(transport.transport())
            .build();
    Table table = table(settings, settings.registry().staticRoutes());
    table.problems().forEach(problem -> System.err.println("[ERROR] " + problem));
    String page = settings.registry().staticNoRouteHtml();
    UpstreamTls tls = new UpstreamTls(System.getenv());
    AuthSchemes auth = new AuthSchemes(vertx, settings.authSchemes().values());
    auth.open().await();
    for (ListenerSettings listener : settings.listeners()) {
      HttpListener http =
          new HttpListener(
              vertx,
              listener,
              TestRouter.plain(loops),
              HttpProxy.handlers(
                  settings.http(), tls, () -> table, () -> page, auth, Observer.NONE));
      http.open().await();
    }
    Thread.currentThread().join();
  }

  private static Table table(Settings settings, String routes) {
    Parsed parsed = CommandText.parse(routes, new Origin(Origin.Kind.STATIC, "", "", 0));
    parsed.problems().forEach(problem -> System.err.println("[ERROR] " + problem));
    Table.Options options =
        new Table.Options(
            settings.routing().matcher(),
            settings.routing().strategy(),
            settings.routing().hostGlobs(),
            UpstreamKey::attach);
    return Table.of(options, Map.of(), parsed.lines());
  }
}
