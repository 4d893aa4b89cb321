package io.tagway.registry;

import static io.tagway.registry.RegistryUnderTest.done;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tagway.testkit.ConsulProcess;
import io.vertx.ext.consul.CheckOptions;
import io.vertx.ext.consul.ConsulClient;
import io.vertx.ext.consul.ConsulClientOptions;
import io.vertx.ext.consul.ServiceOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program on Vert.x registers itself with vertx-consul-client, as its users do. */
class VertxClientIT {
  @Test
  void getsTrafficForAsLongAsItIsRegistered() {
    try (ConsulProcess consul = ConsulProcess.dev();
        RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      ConsulClient client =
          ConsulClient.create(
              registry.vertx(),
              new ConsulClientOptions().setHost("127.0.0.1").setPort(consul.httpPort()));
      done(
          client.registerService(
              new ServiceOptions()
                  .setId("web-1")
                  .setName("web")
                  .setAddress("127.0.0.1")
                  .setPort(9001)
                  .setTags(List.of("urlprefix-/web", "blue"))
                  .setCheckOptions(new CheckOptions().setId("web-ttl").setTtl("10h"))));
      done(client.passCheck("web-ttl"));
      registry.awaitDestinations("/web", "http://127.0.0.1:9001/");
      assertEquals(
          List.of("route add web /web http://127.0.0.1:9001/ tags \"blue\""), registry.lines());

      done(client.failCheck("web-ttl"));
      registry.awaitDestinations("/web");
      done(client.passCheck("web-ttl"));
      registry.awaitDestinations("/web", "http://127.0.0.1:9001/");
      done(client.deregisterService("web-1"));
      registry.awaitDestinations("/web");
      client.close();
    }
  }
}
