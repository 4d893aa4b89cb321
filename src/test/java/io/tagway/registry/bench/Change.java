package io.tagway.registry.bench;

import io.tagway.testkit.ConsulProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A kind of change in the catalog that can be made again and again.
 *
 * @param name what to call it
 * @param prepare makes what the change needs, before the first
 * @param steps gives the step to make in a round, counted from 0; rounds are independent
 */
public record Change(String name, Consumer<ConsulProcess> prepare, IntFunction<Step> steps) {
  /**
   * One step and what must be seen after it.
   *
   * @param make tells Consul
   * @param source the source of the route that changes
   * @param destinations where it leads afterwards
   */
  public record Step(Consumer<ConsulProcess> make, String source, Set<String> destinations) {}

  private static final String PROBE = "probe";

  /** The kinds of the checklist, made with one service of one instance. */
  public static List<Change> ofOneService() {
    return List.of(
        new Change(
            "register",
            consul -> {},
            i ->
                step(
                    consul -> consul.register("new-" + i, "new-" + i, 7000, "urlprefix-/new" + i),
                    "/new" + i,
                    7000)),
        new Change(
            "deregister",
            consul -> {},
            i -> step(consul -> consul.deregister("new-" + i), "/new" + i)),
        new Change(
            "check fails or passes",
            Change::registerProbe,
            i ->
                i % 2 == 0
                    ? step(consul -> consul.check(PROBE, "critical"), "/probe")
                    : step(consul -> consul.check(PROBE, "passing"), "/probe", 7001)),
        new Change(
            "maintenance on or off",
            Change::registerProbe,
            i ->
                i % 2 == 0
                    ? step(consul -> consul.maintenance(PROBE, true), "/probe")
                    : step(consul -> consul.maintenance(PROBE, false), "/probe", 7001)),
        new Change(
            "re-tag",
            Change::registerProbe,
            i ->
                step(
                    consul -> consul.register(PROBE, PROBE, 7001, "urlprefix-/tag" + i),
                    "/tag" + i,
                    7001)),
        new Change(
            "move port",
            Change::registerProbe,
            i ->
                step(
                    consul -> consul.register(PROBE, PROBE, 7100 + i, "urlprefix-/probe"),
                    "/probe",
                    7100 + i)));
  }

  /**
   * Changes that show in no name, no tag and no failing check, each time of a service that did not
   * change before: nothing but a look at everything finds them.
   *
   * @param services how many there are in the {@linkplain Catalog background}
   */
  public static List<Change> hidden(int services) {
    return List.of(
        new Change(
            "move port, another service each time",
            consul -> {},
            i -> {
              int number = services - 1 - i % (services / 2);
              return step(
                  consul -> Catalog.register(consul, number, 30_000 + i),
                  Catalog.source(number),
                  "127.0.1.1",
                  30_000 + i);
            }),
        new Change(
            "second instance of another service comes or goes",
            consul -> {},
            i -> {
              int number = i / 2 % (services / 2);
              JsonObject entry = Catalog.entry(number, 40_000);
              entry.getJsonObject("Service").put("ID", "second");
              entry.getJsonObject("Check").put("CheckID", "second").put("ServiceID", "second");
              JsonObject leaving =
                  new JsonObject().put("Node", entry.getString("Node")).put("ServiceID", "second");
              String first = "http://127.0.1.1:" + Catalog.port(number) + "/";
              return i % 2 == 0
                  ? new Step(
                      consul -> consul.catalogRegister(entry),
                      Catalog.source(number),
                      Set.of(first, "http://127.0.1.1:40000/"))
                  : new Step(
                      consul -> consul.catalogDeregister(leaving),
                      Catalog.source(number),
                      Set.of(first));
            }));
  }

  private static void registerProbe(ConsulProcess consul) {
    consul.register(PROBE, PROBE, 7001, "urlprefix-/probe");
  }

  private static Step step(Consumer<ConsulProcess> make, String source, int... ports) {
    return ports.length == 0
        ? new Step(make, source, Set.of())
        : step(make, source, "127.0.0.1", ports[0]);
  }

  private static Step step(Consumer<ConsulProcess> make, String source, String address, int port) {
    return new Step(make, source, Set.of("http://" + address + ":" + port + "/"));
  }

  /** Many services on twenty nodes that exist in the catalog only. */
  public static final class Catalog {
    private Catalog() {}

    /** Registers services 0 to n - 1. */
    public static void fill(ConsulProcess consul, int services) {
      for (int i = 0; i < services; i++) {
        register(consul, i, port(i));
      }
    }

    static void register(ConsulProcess consul, int number, int port) {
      consul.catalogRegister(entry(number, port));
    }

    static int port(int number) {
      return 8000 + number;
    }

    static String source(int number) {
      return "/background-" + number;
    }

    static JsonObject entry(int number, int port) {
      String id = "background-" + number;
      return new JsonObject()
          .put("Node", "node-" + number % 20)
          .put("Address", "127.0.1.1")
          .put(
              "Service",
              new JsonObject()
                  .put("ID", id)
                  .put("Service", id)
                  .put("Tags", new JsonArray().add("urlprefix-" + source(number)).add("v1"))
                  .put("Port", port))
          .put(
              "Check",
              new JsonObject()
                  .put("CheckID", "service:" + id)
                  .put("Name", "HTTP check")
                  .put("Status", "passing")
                  .put("ServiceID", id)
                  .put("Output", "HTTP GET http://127.0.1.1/health: 200 OK Output: OK"));
    }
  }
}
