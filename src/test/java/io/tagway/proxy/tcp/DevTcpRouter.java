package io.tagway.proxy.tcp;

import io.tagway.config.Proto;
import io.tagway.config.TestListeners;
import io.tagway.proxy.Transports;
import io.tagway.route.Table;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * One listener tcp and nothing else, for measuring: {@code DevTcpRouter PORT TARGET}. {@code
 * TAGWAY_LOOPS} and {@code TAGWAY_TRANSPORT} are read from the environment.
 */
public final class DevTcpRouter {
  private DevTcpRouter() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int loops = Integer.parseInt(System.getenv().getOrDefault("TAGWAY_LOOPS", "1"));
    Transports.Choice transport =
        Transports.choose(System.getenv().getOrDefault("TAGWAY_TRANSPORT", ""));
    System.err.println(transport.text());
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(loops))
            .withTransport(transport.transport())
            .build();
    Table table = TestTables.of("route add a :" + port + " tcp://" + args[1]);
    TcpListener.byPort(
            vertx,
            TestListeners.plain(port, Proto.TCP),
            loops,
            new TcpForwarding(() -> table, Duration.ZERO, Duration.ZERO, TcpObserver.NONE),
            TcpRouter.HEADERS,
            Optional.empty())
        .open()
        .await();
    Thread.currentThread().join();
  }
}
