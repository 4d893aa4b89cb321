package io.tagway.proxy.http;

import io.netty.channel.EventLoop;
import java.time.Duration;

/**
 * Watches how long a client takes. It hears of bytes, heads and ends as they pass, whoever serves
 * the requests. A head that arrives in one piece, as nearly all do, costs no timer at all. Used by
 * one event loop.
 */
final class ClientTimers {
  private final ClientLimits limits;
  private final Http1Client client;
  private final LazyTimer read;
  private final LazyTimer write;
  private final LazyTimer idle;
  private long idleNanos;
  private boolean inHead;
  private boolean inBody;
  private int unanswered;

  ClientTimers(EventLoop loop, ClientLimits limits, Http1Client client) {
    this.limits = limits;
    this.idleNanos = limits.idleNanos();
    this.client = client;
    this.read = new LazyTimer(loop, this::readExpired);
    this.write = new LazyTimer(loop, this::writeExpired);
    this.idle = new LazyTimer(loop, client::close);
  }

  void connected() {
    startIdle();
  }

  /** Bytes have come in; they are not parsed yet. */
  void bytesArrived() {
    if (!inHead && !inBody) {
      inHead = true;
      idle.clear();
    }
  }

  boolean isAllAnswered() {
    return unanswered == 0;
  }

  void headEnded() {
    inHead = false;
    inBody = true;
    unanswered++;
    if (unanswered == 1) {
      startWrite();
    }
  }

  void requestEnded() {
    inBody = false;
    read.clear();
    startIdle();
  }

  void answerEnded() {
    unanswered--;
    write.clear();
    if (unanswered > 0) {
      startWrite();
    }
    startIdle();
  }

  /** All bytes at hand are parsed; whatever is still open now is open for a while. */
  void allParsed() {
    if (!read.isSet()) {
      if (inHead) {
        read.set(limits.headNanos());
      } else if (inBody) {
        read.set(limits.readNanos());
      }
    } else if (inBody && limits.readNanos() == 0) {
      read.clear();
    }
  }

  /** From now on the connection is closed when it is idle for that long. */
  void leave(Duration patience) {
    long nanos = Math.max(1, patience.toNanos());
    idleNanos = idleNanos > 0 ? Math.min(idleNanos, nanos) : nanos;
    startIdle();
  }

  void closed() {
    read.cancel();
    write.cancel();
    idle.cancel();
  }

  private void startWrite() {
    if (limits.writeNanos() > 0) {
      write.set(limits.writeNanos());
    }
  }

  private void startIdle() {
    if (idleNanos > 0 && !inHead && !inBody && unanswered == 0) {
      idle.set(idleNanos);
    }
  }

  private void readExpired() {
    Exchange exchange = client.exchange();
    if (unanswered > (inBody ? 1 : 0)) {
      // This request has begun while an answer to one before it is on its way: look again later.
      read.set(limits.headNanos());
    } else if (inBody && exchange != null) {
      exchange.requestTimedOut();
    } else {
      client.close();
    }
  }

  private void writeExpired() {
    Exchange exchange = client.exchange();
    if (exchange != null) {
      exchange.answerTimedOut();
    } else {
      client.close();
    }
  }
}
