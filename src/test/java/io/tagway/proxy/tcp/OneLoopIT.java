package io.tagway.proxy.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tagway.config.Proto;
import io.tagway.route.Target;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class OneLoopIT {
  /** Notes the threads that read from the client and from the target. */
  private static final class Threads implements TcpObserver {
    final Set<Thread> seen = ConcurrentHashMap.newKeySet();

    @Override
    public void accepted(Kind kind) {
      seen.add(Thread.currentThread());
    }

    @Override
    public void noRoute(Kind kind) {}

    @Override
    public void failed(Kind kind) {}

    @Override
    public void sent(Target target, int bytes) {
      seen.add(Thread.currentThread());
    }

    @Override
    public void received(Target target, int bytes) {
      seen.add(Thread.currentThread());
    }
  }

  @Test
  void bothSidesOfAConnectionStayOnOneLoopAndConnectionsOnAll() throws Exception {
    Threads threads = new Threads();
    Set<Thread> all = new HashSet<>();
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            new TcpRouter()
                .open(
                    (r, forwarding) ->
                        TcpListener.byPort(
                            r.vertx,
                            TcpRouter.Wish.PLAIN.settings(Proto.TCP),
                            TcpRouter.LOOPS,
                            new TcpForwarding(
                                forwarding.table(), Duration.ofSeconds(3), Duration.ZERO, threads),
                            TcpRouter.HEADERS,
                            Optional.empty()),
                    "route add a :PORT tcp://" + target.address())) {
      for (int i = 0; i < 4 * TcpRouter.LOOPS; i++) {
        threads.seen.clear();
        try (Socket client = router.connect()) {
          client.getOutputStream().write('x');
          assertEquals('x', client.getInputStream().read());
          assertEquals(1, threads.seen.size());
          all.addAll(threads.seen);
        }
      }
    }
    assertEquals(TcpRouter.LOOPS, all.size());
  }
}
