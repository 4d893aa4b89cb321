package io.tagway.bgp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection whose other end is the test. */
final class MemoryWire implements Dialer.Wire {
  private final List<BgpMessage> sent = new ArrayList<>();
  private final Promise<Void> closed = Promise.promise();
  private @Nullable Session session;

  @Override
  public InetAddress local() {
    return Addresses.parse("127.0.0.2").orElseThrow();
  }

  @Override
  public void send(BgpMessage message) {
    if (!closed.future().isComplete()) {
      sent.add(message);
    }
  }

  @Override
  public void close() {
    closed.tryComplete();
  }

  @Override
  public Future<Void> closed() {
    return closed.future();
  }

  @Override
  public void attach(Session reader) {
    session = reader;
  }

  void receive(BgpMessage message) {
    if (session != null) {
      session.received(new MessageStream.Found.Message(message));
    }
  }

  void fault(Notification fault) {
    if (session != null) {
      session.received(new MessageStream.Found.Fault(fault));
    }
  }

  void breakOff() {
    close();
    if (session != null) {
      session.disconnected("the peer closed the connection");
    }
  }

  boolean isClosed() {
    return closed.future().isComplete();
  }

  /** What was sent since the last call. */
  List<BgpMessage> sent() {
    List<BgpMessage> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  /** The peer opens and confirms. */
  void establish(Open open) {
    receive(open);
    receive(new KeepAlive());
  }
}
