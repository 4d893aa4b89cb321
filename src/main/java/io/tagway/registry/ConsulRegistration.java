package io.tagway.registry;

import io.tagway.config.Settings;
import io.tagway.consul.ConsulAgent;
import io.tagway.consul.ConsulFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Announces this router in Consul under its own name and under each alias, renews that every ten
 * seconds, and withdraws it. Guarded by its own lock, since start, stop and a change of aliases
 * come from different threads and are rare.
 */
final class ConsulRegistration implements Registration {
  private static final System.Logger LOG = System.getLogger(ConsulRegistration.class.getName());
  private static final long RENEWAL_MILLIS = 10_000;

  private enum State {
    /** To be announced. */
    WANTED,
    ANNOUNCED,
    /** To be withdrawn. */
    UNWANTED
  }

  private final Vertx vertx;
  private final ConsulAgent agent;
  private final Settings.Consul settings;
  private final AnnouncedAddress address;
  private final Supplier<String> hostName;
  private final String owner;
  private final Map<String, State> names = new LinkedHashMap<>();
  private Set<String> aliases = Set.of();

  /** Completes when nothing is on its way to Consul. */
  private Future<Void> underWay = Future.succeededFuture();

  private int port;
  private boolean started;
  private boolean stopped;
  private long timer = -1;

  /**
   * @param owner a text of this process alone, if another may announce the same names at the same
   *     address, as one that takes over from this one does; else empty
   */
  ConsulRegistration(
      Vertx vertx,
      ConsulAgent agent,
      Settings.Consul settings,
      AnnouncedAddress address,
      Supplier<String> hostName,
      String owner) {
    this.vertx = vertx;
    this.agent = agent;
    this.settings = settings;
    this.address = address;
    this.hostName = hostName;
    this.owner = owner;
  }

  @Override
  public synchronized Future<Void> start(int uiPort) {
    started = true;
    port = address.port() == 0 ? uiPort : address.port();
    want();
    timer = vertx.setPeriodic(RENEWAL_MILLIS, id -> renewAll());
    return renewAll();
  }

  /** Takes the names that routes ask for; announces new ones and withdraws those not asked for. */
  synchronized void aliases(Set<String> wanted) {
    aliases = Set.copyOf(wanted);
    if (started && !stopped) {
      want();
      renewAll();
    }
  }

  private void want() {
    List<String> wanted =
        Stream.concat(
                settings.registration().enabled()
                    ? Stream.of(settings.registration().name())
                    : Stream.empty(),
                aliases.stream().sorted())
            .distinct()
            .toList();
    names.replaceAll((name, state) -> wanted.contains(name) ? state : State.UNWANTED);
    wanted.forEach(
        name ->
            names.compute(name, (key, state) -> state == State.ANNOUNCED ? state : State.WANTED));
  }

  /** Does for every name what its state asks for. */
  private synchronized Future<Void> renewAll() {
    if (stopped) {
      return Future.succeededFuture();
    }
    Future<Void> renewed =
        all(
            names.entrySet().stream()
                .map(
                    entry ->
                        switch (entry.getValue()) {
                          case WANTED -> announce(entry.getKey());
                          case ANNOUNCED -> renew(entry.getKey());
                          case UNWANTED -> withdraw(entry.getKey());
                        })
                .toList());
    underWay = all(List.of(underWay, renewed));
    return renewed;
  }

  private Future<Void> announce(String name) {
    ServiceEntry entry = entry(name);
    return agent
        .write(
            "/v1/agent/service/register",
            Map.of(),
            entry.body(settings.registration(), settings.namespace(), owner).toBuffer())
        .compose(done -> pass(entry))
        .onSuccess(
            done -> {
              settle(name, State.ANNOUNCED);
              told("as", name);
              told("with id", entry.id());
              told("with address", entry.address());
              told("with tags", String.join(",", settings.registration().tags()));
              told("with check", entry.healthUrl(settings.registration()));
            })
        .recover(
            cause -> {
              LOG.log(
                  System.Logger.Level.ERROR,
                  "consul: Cannot register fabio [name:\""
                      + name
                      + "\"] in Consul. "
                      + FailureText.of(cause));
              return Future.succeededFuture();
            });
  }

  private static void told(String what, String value) {
    LOG.log(System.Logger.Level.INFO, "consul: Registered fabio " + what + " \"" + value + "\"");
  }

  /** The check is gone with its service, so that passing it tells whether it is still there. */
  private Future<Void> renew(String name) {
    return pass(entry(name))
        .recover(
            lost -> {
              settle(name, State.WANTED);
              return announce(name);
            });
  }

  private Future<Void> pass(ServiceEntry entry) {
    JsonObject passing = new JsonObject().put("Status", "passing").put("Output", "");
    return agent
        .write(
            "/v1/agent/check/update/" + CatalogReads.segment(entry.ttlCheckId()),
            Map.of(),
            passing.toBuffer())
        .mapEmpty();
  }

  /** What another router has announced anew in the meantime is not ours to withdraw. */
  private Future<Void> withdraw(String name) {
    if (owner.isEmpty()) {
      return deregister(name);
    }
    return agent
        .find("/v1/agent/service/" + CatalogReads.segment(entry(name).id()), Map.of())
        .map(
            answer ->
                answer.status() == 200 && !ServiceEntry.isOf(answer.body().toJsonObject(), owner))
        .otherwise(false)
        .compose(
            taken -> {
              if (!taken) {
                return deregister(name);
              }
              LOG.log(
                  System.Logger.Level.INFO,
                  "consul: Leaving \"" + name + "\" to the router that took it over");
              forget(name);
              return Future.succeededFuture();
            });
  }

  private Future<Void> deregister(String name) {
    LOG.log(System.Logger.Level.INFO, "consul: Deregistering \"" + name + "\"");
    return agent
        .write(
            "/v1/agent/service/deregister/" + CatalogReads.segment(entry(name).id()),
            Map.of(),
            Buffer.buffer())
        .onSuccess(done -> forget(name))
        .recover(
            cause -> {
              if (isUnknown(cause)) {
                forget(name);
              } else {
                LOG.log(
                    System.Logger.Level.WARNING,
                    "consul: Cannot deregister \"" + name + "\". " + FailureText.of(cause));
              }
              return Future.succeededFuture();
            })
        .mapEmpty();
  }

  /** An agent that lost its state says 404, or 500 before Consul 1.10. */
  private static boolean isUnknown(Throwable cause) {
    return cause instanceof ConsulFailure failure
        && failure.status() >= 400
        && FailureText.of(cause).contains("nknown service");
  }

  @Override
  public synchronized Future<Void> stop(Duration limit) {
    if (stopped || !started) {
      stopped = true;
      return Future.succeededFuture();
    }
    stopped = true;
    vertx.cancelTimer(timer);
    // A registration that is under way would otherwise arrive behind its withdrawal and stay.
    return underWay
        .transform(done -> withdrawAll())
        .timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS)
        .otherwiseEmpty();
  }

  /** Names that could not be announced are unknown to Consul, and it has nothing to be told. */
  private synchronized Future<Void> withdrawAll() {
    return all(
        names.entrySet().stream()
            .filter(entry -> entry.getValue() != State.WANTED)
            .map(entry -> withdraw(entry.getKey()))
            .toList());
  }

  private ServiceEntry entry(String name) {
    return ServiceEntry.of(name, hostName.get(), address.host(), port);
  }

  private synchronized void settle(String name, State state) {
    names.computeIfPresent(name, (key, old) -> old == State.UNWANTED ? old : state);
  }

  private synchronized void forget(String name) {
    names.computeIfPresent(name, (key, state) -> state == State.UNWANTED ? null : state);
  }

  private static Future<Void> all(Collection<Future<Void>> futures) {
    return Future.join(List.copyOf(futures)).mapEmpty();
  }
}
