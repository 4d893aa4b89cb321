package io.tagway.registry;

import io.tagway.config.HostName;
import io.tagway.config.Settings;
import io.tagway.consul.ConsulAgent;
import io.tagway.consul.Timers;
import io.tagway.outbound.Outbound;
import io.tagway.route.Table;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.UUID;

/** Makes the registry that {@code registry.backend} names. */
public final class Registries {
  private Registries() {}

  /**
   * The configured registry, not started.
   *
   * @param options how its tables are built
   * @throws StartFailure if the settings cannot work; the message says what would
   */
  public static Registry of(
      Vertx vertx, Settings settings, Table.Options options, Outbound outbound) {
    Settings.Registry registry = settings.registry();
    Timers timers = Timers.of(vertx);
    return switch (registry.backend()) {
      case "consul" -> consul(vertx, settings, options, outbound);
      case "file" ->
          new SourceRegistry(
              vertx,
              new FileSource(
                  registry.filePath(), registry.fileNoRouteHtmlPath(), Clock.systemUTC(), timers),
              settings,
              options,
              names -> {});
      case "static" ->
          new SourceRegistry(
              vertx,
              new StaticSource(registry.staticRoutes(), registry.staticNoRouteHtml()),
              settings,
              options,
              names -> {});
      case "custom" ->
          new SourceRegistry(
              vertx,
              new CustomSource(
                  new RouteService(vertx, registry.custom(), outbound), registry, timers),
              settings,
              options,
              names -> {});
      default ->
          throw new StartFailure(
              "Unknown registry backend \""
                  + registry.backend()
                  + "\"; consul, file, static or custom would fit");
    };
  }

  private static Registry consul(
      Vertx vertx, Settings settings, Table.Options options, Outbound outbound) {
    Settings.Consul consul = settings.registry().consul();
    ConsulAgent agent;
    try {
      agent = ConsulAgent.of(vertx, consul, outbound);
    } catch (RuntimeException e) {
      throw new StartFailure("Consul cannot be asked: " + FailureText.of(e));
    }
    ConsulRegistration registration =
        new ConsulRegistration(
            vertx,
            agent,
            consul,
            AnnouncedAddress.parse(consul.registration().addr()),
            HostName::ofMachine,
            settings.lifecycle().reusePort() ? UUID.randomUUID().toString() : "");
    ConsulSource source = new ConsulSource(agent, consul, Timers.of(vertx), registration);
    return new SourceRegistry(vertx, source, settings, options, registration::aliases);
  }
}
