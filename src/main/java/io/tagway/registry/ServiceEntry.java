package io.tagway.registry;

import io.tagway.config.Settings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * What Consul is told about this router under one name.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/agent/service">agent service</a>
 */
record ServiceEntry(String name, String id, String address, int port) {
  private static final String TTL = "15s";
  private static final String OWNER = "tagway-process";
  private static final String REMOVE_AFTER = "1m0s";

  /** An instance of a name on this machine. */
  static ServiceEntry of(String name, String hostName, String address, int port) {
    return new ServiceEntry(name, name + "-" + hostName + "-" + port, address, port);
  }

  /** Id of the check that this router keeps passing. */
  String ttlCheckId() {
    return id + "-ttl";
  }

  /** What Consul asks to see whether this router is alive. */
  String healthUrl(Settings.Registration settings) {
    String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
    return settings.checkScheme() + "://" + host + ":" + port + "/health";
  }

  /**
   * Body of {@code PUT /v1/agent/service/register}.
   *
   * @param owner what {@link #isOf} knows it by; empty if nobody else can have the same entry
   */
  JsonObject body(Settings.Registration settings, String namespace, String owner) {
    JsonObject body =
        new JsonObject()
            .put("ID", id)
            .put("Name", name)
            .put("Tags", new JsonArray(settings.tags()))
            .put("Address", address)
            .put("Port", port)
            .put(
                "Checks",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("CheckID", ttlCheckId())
                            .put("TTL", TTL)
                            .put("DeregisterCriticalServiceAfter", REMOVE_AFTER))
                    .add(
                        new JsonObject()
                            .put("HTTP", healthUrl(settings))
                            .put("Interval", goDuration(settings.checkInterval()))
                            .put("Timeout", goDuration(settings.checkTimeout()))
                            .put("TLSSkipVerify", settings.checkTlsSkipVerify())));
    if (!owner.isEmpty()) {
      body.put("Meta", new JsonObject().put(OWNER, owner));
    }
    return namespace.isEmpty() ? body : body.put("Namespace", namespace);
  }

  /** Whether an answer of {@code GET /v1/agent/service/ID} is the entry of that owner. */
  static boolean isOf(JsonObject service, String owner) {
    return owner.equals(service.getJsonObject("Meta", new JsonObject()).getString(OWNER));
  }

  /** A duration as Consul reads it. */
  static String goDuration(Duration duration) {
    return duration.toNanosPart() % 1_000_000 == 0
        ? duration.toMillis() + "ms"
        : duration.toNanos() + "ns";
  }
}
