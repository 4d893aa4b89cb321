package io.tagway.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent that is reached through the proxy of the environment. */
class AgentProxyIT {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private String proxy;

  @BeforeEach
  void startProxy() throws Exception {
    HttpServer server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      String user = request.getHeader("Proxy-Authorization");
                      asked.add(request.method() + " " + request.uri() + " " + user);
                      if (request.method().name().equals("CONNECT")) {
                        request.response().setStatusCode(403).end();
                      } else {
                        request.response().putHeader("X-Consul-Index", "7").end("[]");
                      }
                    })
                .listen(0, "127.0.0.1"));
    proxy = "http://me:word@127.0.0.1:" + server.actualPort();
  }

  @AfterEach
  void end() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private Future<Answer> ask(String scheme, String address) {
    Outbound outbound = new Outbound(Map.of("HTTP_PROXY", proxy, "HTTPS_PROXY", proxy));
    return ConsulAgent.at(vertx, scheme, address, "", outbound)
        .read("/v1/catalog/services", Map.of());
  }

  @Test
  void isAskedForTheWholeUrl() throws Exception {
    assertEquals(7, await(ask("http", "consul.test:8500")).index());
    assertEquals(
        List.of("GET http://consul.test:8500/v1/catalog/services?consistent= Basic bWU6d29yZA=="),
        asked);
  }

  @Test
  void isAskedForATunnelToHttps() throws Exception {
    Throwable refused =
        ask("https", "consul.test:8501")
            .toCompletionStage()
            .toCompletableFuture()
            .handle((answer, failure) -> failure)
            .get(20, TimeUnit.SECONDS);
    assertTrue(String.valueOf(refused.getMessage()).contains("403"), refused.toString());
    assertEquals(List.of("CONNECT consul.test:8501 Basic bWU6d29yZA=="), asked);
  }

  @Test
  void isLeftOutForThisMachine() throws Exception {
    HttpServer agent =
        await(
            vertx
                .createHttpServer()
                .requestHandler(request -> request.response().end("[]"))
                .listen(0, "127.0.0.1"));
    await(ask("http", "localhost:" + agent.actualPort()));
    assertEquals(List.of(), asked);
  }
}
