package io.tagway.proxy;

import io.tagway.metrics.Counter;
import io.tagway.metrics.Families;
import io.tagway.metrics.Gauge;
import io.tagway.metrics.Meters;
import io.tagway.metrics.RouteMeters;
import io.tagway.metrics.Timer;
import io.tagway.route.Target;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Measures the calls of gRPC listeners, as Fabio does and beyond. For any event loop. */
public final class CallMeters implements Observer {
  private static final int UNKNOWN = 2;

  /** The codes of gRPC, as Fabio names them. */
  private static final List<String> CODES =
      List.of(
          "OK",
          "Canceled",
          "Unknown",
          "InvalidArgument",
          "DeadlineExceeded",
          "NotFound",
          "AlreadyExists",
          "PermissionDenied",
          "ResourceExhausted",
          "FailedPrecondition",
          "Aborted",
          "OutOfRange",
          "Unimplemented",
          "Internal",
          "Unavailable",
          "DataLoss",
          "Unauthenticated");

  /** Both spellings of one status. */
  private record Status(Timer right, Timer asFabio) {}

  private final Meters meters;
  private final Counter connections;
  private final Gauge clients;
  private final Timer calls;
  private final Counter withoutRoute;
  private final FailureMeters failures;
  private final RouteMeters nobody = RouteMeters.unseen();
  private final AtomicReferenceArray<@Nullable Status> statuses =
      new AtomicReferenceArray<>(CODES.size());

  public CallMeters(Meters meters) {
    this.meters = meters;
    this.connections = meters.counter(Families.GRPC_CONN);
    this.clients = meters.gauge(RequestMeters.CLIENTS, "grpc");
    this.calls = meters.timer(Families.GRPC_REQUESTS);
    this.withoutRoute = meters.counter(Families.GRPC_NO_ROUTE);
    this.failures = new FailureMeters(meters);
  }

  @Override
  public void told(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      RouteMeters target = Resolved.meters(failed.target(), nobody);
      failures.count(failed.failure(), target);
      FailureMeters.countTries(failed.tries(), target);
    } else if (outcome instanceof Outcome.Answered answered) {
      FailureMeters.countTries(answered.tries(), Resolved.meters(answered.target(), nobody));
    }
  }

  @Override
  public void called(Target target, int status, long nanos) {
    calls.record(nanos);
    Status timers = status(status >= 0 && status < CODES.size() ? status : UNKNOWN);
    timers.right.record(nanos);
    timers.asFabio.record(nanos);
    if (!target.isNone()) {
      Resolved.meters(target, nobody).called(status != 0, nanos);
    }
  }

  private Status status(int code) {
    Status known = statuses.get(code);
    if (known == null) {
      known =
          new Status(
              meters.timer(Families.GRPC_STATUS, CODES.get(code)),
              meters.timer(Families.GREP_STATUS, CODES.get(code)));
      statuses.set(code, known);
    }
    return known;
  }

  @Override
  public void noRoute() {
    withoutRoute.increment();
  }

  @Override
  public void connected() {
    connections.increment();
    clients.increment();
  }

  @Override
  public void disconnected() {
    clients.decrement();
  }
}
