package io.tagway.bgp;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.tagway.bgp.BgpStatus.PeerStatus;
import io.tagway.bgp.Dialer.Attempt;
import io.tagway.bgp.Dialer.Wire;
import io.tagway.bgp.Timers.Timer;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One peer over all its connections: tries until one stands, decides between two, sends the
 * prefixes. All on the speaker's thread but {@link #status()}.
 */
final class Neighbor implements Session.Owner {
  private static final System.Logger LOG = System.getLogger(Neighbor.class.getName());

  /** A session that lasted this long was a good one: the next try comes soon. */
  private static final Duration STABLE = Duration.ofSeconds(30);

  private final Plan plan;
  private final Peer peer;
  private final Announcement announcement;
  private final Dialer dialer;
  private final Timers timers;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Backoff backoff;
  private final List<Session> sessions = new ArrayList<>();

  private boolean running;
  private boolean announcing;
  private boolean told;
  private @Nullable Session up;
  private @Nullable Attempt attempt;
  private @Nullable Timer retry;
  private @Nullable Timer stable;
  private volatile PeerStatus status;

  Neighbor(
      Plan plan,
      Peer peer,
      Dialer dialer,
      Timers timers,
      RandomGenerator random,
      InstantSource clock) {
    this.plan = plan;
    this.peer = peer;
    this.announcement = new Announcement(plan);
    this.dialer = dialer;
    this.timers = timers;
    this.random = random;
    this.clock = clock;
    this.backoff = new Backoff(random);
    this.status =
        new PeerStatus(
            Addresses.text(peer.address()),
            peer.asn(),
            PeerState.IDLE,
            clock.instant(),
            List.of(),
            "");
  }

  Peer peer() {
    return peer;
  }

  /** From any thread. */
  PeerStatus status() {
    return status;
  }

  void start() {
    running = true;
    connect();
  }

  /** The peer has connected to here. */
  void accept(Wire wire) {
    if (!running) {
      wire.close();
      return;
    }
    // It would not come again if it still had its last one, unless that is up.
    for (Session session : List.copyOf(sessions)) {
      if (!session.outgoing() && session.state() != PeerState.ESTABLISHED) {
        session.refuse(Notification.collision());
      }
    }
    begin(wire, false);
  }

  void announce() {
    announcing = true;
    if (up != null) {
      sendAll(up);
    }
    show("");
  }

  void withdraw() {
    if (announcing && up != null) {
      Session session = up;
      session
          .negotiated()
          .ifPresent(
              agreed -> {
                for (Family family : Family.values()) {
                  session.send(announcement.withdraw(family, agreed));
                }
              });
    }
    announcing = false;
    show("");
  }

  /** Ends all sessions in order; complete when their connections are gone. */
  Future<Void> stop(String reason) {
    withdraw();
    running = false;
    cancelTries();
    List<Future<Void>> gone = new ArrayList<>();
    for (Session session : List.copyOf(sessions)) {
      gone.add(session.link().closed());
      session.refuse(Notification.shutdown(reason));
    }
    show("");
    return Future.join(gone).mapEmpty();
  }

  private void connect() {
    retry = null;
    if (!sessions.isEmpty()) {
      return; // the peer was faster; when that ends, this goes on
    }
    attempt = dialer.dial(peer, this::connected, this::failed);
    show("");
  }

  private void connected(Wire wire) {
    attempt = null;
    begin(wire, true);
  }

  private void failed(String cause) {
    attempt = null;
    tell(cause);
    tryLater();
    show(cause);
  }

  private void begin(Wire wire, boolean outgoing) {
    Session session = new Session(plan, peer, outgoing, wire, timers, random, this);
    sessions.add(session);
    wire.attach(session);
    session.start();
    show("");
  }

  /** Two connections with one peer: RFC 4271, section 6.8. */
  @Override
  public void opened(Session session, Open open) {
    boolean larger =
        plan.identifier() == open.routerId()
            ? plan.asn() > peer.asn() // RFC 6286, section 2.3
            : plan.identifier() > open.routerId();
    for (Session other : List.copyOf(sessions)) {
      if (other == session || other.state() == PeerState.OPEN_SENT) {
        continue;
      }
      boolean keepsOther = other.state() == PeerState.ESTABLISHED || other.outgoing() == larger;
      (keepsOther ? session : other).refuse(Notification.collision());
      if (keepsOther) {
        return;
      }
    }
    show("");
  }

  @Override
  public void established(Session session) {
    up = session;
    told = false;
    cancelTries();
    for (Session other : List.copyOf(sessions)) {
      if (other != session) {
        other.refuse(Notification.collision());
      }
    }
    stable = timers.after(STABLE, backoff::reset);
    if (announcing) {
      sendAll(session);
    }
    session.negotiated().ifPresent(this::sayUp);
    show("");
  }

  private void sayUp(Negotiated agreed) {
    LOG.log(INFO, () -> peer + " is up");
    int left = plan.prefixes().size() - announcement.prefixes(agreed).size();
    if (left > 0) {
      LOG.log(WARNING, () -> peer + " takes " + agreed.families() + " only: not all can be sent");
    }
  }

  @Override
  public void ended(Session session, String cause) {
    sessions.remove(session);
    if (session == up) {
      up = null;
      cancel(stable);
      if (running) {
        LOG.log(WARNING, () -> peer + " is down: " + cause);
      }
    } else if (up == null && running) {
      tell(cause);
    }
    if (sessions.isEmpty()) {
      tryLater();
    }
    show(cause);
  }

  @Override
  public void refresh(Session session, Family family) {
    if (announcing) {
      session.negotiated().ifPresent(agreed -> session.send(announcement.announce(family, agreed)));
    }
  }

  private void sendAll(Session session) {
    for (Family family : Family.values()) {
      refresh(session, family);
    }
  }

  private void tryLater() {
    if (running && attempt == null && retry == null) {
      retry = timers.after(backoff.next(), this::connect);
    }
  }

  private void cancelTries() {
    if (attempt != null) {
      attempt.cancel();
      attempt = null;
    }
    cancel(retry);
    retry = null;
  }

  /** A peer that is away for hours fills no log. */
  private void tell(String cause) {
    LOG.log(told ? DEBUG : WARNING, () -> peer + " cannot be reached, trying on: " + cause);
    told = true;
  }

  private static void cancel(@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void show(String fault) {
    PeerState state =
        sessions.stream()
            .map(Session::state)
            .max(Comparator.naturalOrder())
            .orElse(
                attempt != null ? PeerState.CONNECT : running ? PeerState.ACTIVE : PeerState.IDLE);
    status =
        new PeerStatus(
            status.address(),
            status.asn(),
            state,
            state == status.state() ? status.since() : clock.instant(),
            sent(),
            fault.isEmpty() ? status.lastFault() : fault);
  }

  private List<String> sent() {
    Session session = up;
    return session == null || !announcing
        ? List.of()
        : session.negotiated().map(announcement::prefixes).orElse(List.of()).stream()
            .map(Prefix::toString)
            .toList();
  }
}
