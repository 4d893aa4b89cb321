package io.tagway.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What is measured for each target of a route, found when the table is built. Any thread may count;
 * {@link #look} is called by one.
 */
public final class RouteMeters {
  /** Looks after which the older of two windows is left behind. */
  private static final int WINDOW_LOOKS = 6;

  private final Meters meters;
  private final RouteKey key;
  private final ServiceMeters service;
  private final Supplier<AddressMeters> addresses;
  private final AddressMeters address;
  private final UpstreamMeters upstream;
  private final Timer times;
  private final Counter received;
  private final Counter sent;
  private final LongAdder errors = new LongAdder();
  private final RecentStatuses statuses = new RecentStatuses();

  private final Rate rate = new Rate();
  private final Rate errorRate = new Rate();
  private Timer.Reading window = Timer.Reading.NOTHING;
  private Timer.Reading nextWindow = Timer.Reading.NOTHING;
  private long lastCount;
  private int looks;
  private volatile double p50;
  private volatile double p99;

  RouteMeters(
      Meters meters,
      RouteKey key,
      ServiceMeters service,
      UpstreamMeters upstream,
      Supplier<AddressMeters> addresses) {
    this.meters = meters;
    this.key = key;
    this.service = service;
    this.upstream = upstream;
    this.addresses = addresses;
    this.address = addresses.get();
    // The page of routes shows them.
    this.times = meters.hiddenTimerWithQuantiles(Families.ROUTE, key.values());
    this.received = meters.hiddenCounter(Families.ROUTE_RX, key.values());
    this.sent = meters.hiddenCounter(Families.ROUTE_TX, key.values());
  }

  /**
   * An HTTP request was answered, by the target or in its place.
   *
   * @param status as the client saw it; 0 if it saw none
   */
  public void answered(int status, long nanos) {
    times.record(nanos);
    service.answered(status, nanos);
    statuses.add(status);
    if (status >= 500) {
      errors.increment();
    }
  }

  /** A gRPC call has ended. */
  public void called(boolean failed, long nanos) {
    times.record(nanos);
    if (failed) {
      errors.increment();
    }
  }

  /** An answer was broken off, so that it counts nowhere else. */
  public void brokenOff() {
    errors.increment();
  }

  /** Bytes came from the target, of a TCP connection. */
  public void received(long bytes) {
    received.add(bytes);
  }

  /** Bytes went to the target, of a TCP connection. */
  public void sent(long bytes) {
    sent.add(bytes);
  }

  /** What goes wrong with the service behind. */
  public UpstreamMeters upstream() {
    return upstream;
  }

  /** Connections to where the target is; good for as long as the target is in the table. */
  public AddressMeters address() {
    return address;
  }

  /** The same for a user that may outlive the target, and will release it. */
  public AddressMeters useAddress() {
    return addresses.get();
  }

  /** Takes note of nothing, for targets that nobody measures. */
  public static RouteMeters unseen() {
    Meters none = Meters.silent();
    return new RouteMeters(
        none,
        new RouteKey("", "", "", ""),
        new ServiceMeters(none, ""),
        new UpstreamMeters(none, ""),
        () -> new AddressMeters(() -> {}));
  }

  /** How it is doing; any thread. */
  public TargetStats stats() {
    return new TargetStats(
        times.count(),
        errors.sum(),
        rate.perSecond(),
        errorRate.perSecond(),
        p50,
        p99,
        address.open(),
        statuses.seen());
  }

  RouteKey key() {
    return key;
  }

  void show() {
    meters.show(times);
    meters.show(received);
    meters.show(sent);
  }

  void hide() {
    meters.hide(times);
    meters.hide(received);
    meters.hide(sent);
  }

  /**
   * Works out the numbers that need a clock.
   *
   * @param seconds since the last look
   */
  void look(double seconds) {
    if (!times.isSeen() && errors.sum() == 0) {
      return;
    }
    Timer.Reading now = times.read();
    long count = now.count();
    rate.look(count, seconds);
    errorRate.look(errors.sum(), seconds);
    if (++looks == WINDOW_LOOKS) {
      looks = 0;
      window = nextWindow;
      nextWindow = now;
      statuses.turn();
    }
    boolean changed = count != lastCount || looks == 0;
    lastCount = count;
    if (changed) {
      Timer.Reading recent = now.since(window);
      p50 = recent.quantileNanos(0.5);
      p99 = recent.quantileNanos(0.99);
    }
  }
}
