package io.tagway.bgp;

import io.tagway.bgp.MessageStream.Found;
import io.tagway.bgp.Timers.Timer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One connection with a peer from the OPEN to the end: the states OpenSent, OpenConfirm and
 * Established of RFC 4271, section 8. It opens no sockets and reads no clock; all calls come from
 * the speaker's thread.
 */
final class Session {
  /** What a session tells its neighbor. */
  interface Owner {
    /** The peer said who it is: end this session or another if there are two. */
    void opened(Session session, Open open);

    void established(Session session);

    /** Once, with the cause for a log line. */
    void ended(Session session, String cause);

    /** The peer wants everything of this family again. */
    void refresh(Session session, Family family);
  }

  /** Proposed silence that ends the session, as most speakers do (RFC 4271, section 10). */
  static final int HOLD_SECONDS = 90;

  /** Before anything is agreed on (RFC 4271, section 8.2.2). */
  private static final Duration FIRST_HOLD = Duration.ofMinutes(4);

  private final Plan plan;
  private final Peer peer;
  private final boolean outgoing;
  private final Link link;
  private final Timers timers;
  private final RandomGenerator random;
  private final Owner owner;

  private PeerState state = PeerState.OPEN_SENT;
  private boolean over;
  private @Nullable Negotiated negotiated;
  private @Nullable Timer hold;
  private @Nullable Timer keepalive;

  /**
   * @param outgoing whether the connection was made from here
   */
  Session(
      Plan plan,
      Peer peer,
      boolean outgoing,
      Link link,
      Timers timers,
      RandomGenerator random,
      Owner owner) {
    this.plan = plan;
    this.peer = peer;
    this.outgoing = outgoing;
    this.link = link;
    this.timers = timers;
    this.random = random;
    this.owner = owner;
  }

  void start() {
    link.send(Open.of(plan.asn(), HOLD_SECONDS, plan.identifier()));
    restartHold(FIRST_HOLD);
  }

  /** What the stream of the peer held. */
  void received(Found found) {
    if (over) {
      return;
    }
    if (found instanceof Found.Fault fault) {
      end(fault.answer(), "sent " + fault.answer().text());
    } else if (found instanceof Found.Message message) {
      received(message.message());
    }
  }

  private void received(BgpMessage message) {
    if (message instanceof Notification notification) {
      finish("peer sent " + notification.text());
    } else if (state == PeerState.OPEN_SENT && message instanceof Open open) {
      opened(open);
    } else if (state == PeerState.OPEN_CONFIRM && message instanceof KeepAlive) {
      restartHold();
      state = PeerState.ESTABLISHED;
      owner.established(this);
    } else if (state == PeerState.ESTABLISHED && !(message instanceof Open)) {
      restartHold();
      refresh(message);
    } else {
      refuse(Notification.unexpected(state));
    }
  }

  private void refresh(BgpMessage message) {
    if (message instanceof RouteRefresh wish && wish.subtype() == 0) {
      Family.of(wish.afi(), wish.safi()).ifPresent(family -> owner.refresh(this, family));
    }
  }

  private void opened(Open open) {
    Optional<Notification> objection = objection(open);
    if (objection.isPresent()) {
      refuse(objection.get());
      return;
    }
    Set<Family> families = EnumSet.allOf(Family.class);
    families.retainAll(open.families());
    Negotiated agreed =
        new Negotiated(
            plan.external(peer),
            open.fourOctetAs().isPresent(),
            families,
            Math.min(HOLD_SECONDS, open.holdSeconds()),
            link.local());
    negotiated = agreed;
    state = PeerState.OPEN_CONFIRM;
    owner.opened(this, open);
    if (over) {
      return;
    }
    link.send(new KeepAlive());
    restartHold();
    if (agreed.holdSeconds() > 0) {
      scheduleKeepalive(agreed.holdSeconds());
    }
  }

  /** RFC 4271, section 6.2; RFC 6286 for the identifier. */
  private Optional<Notification> objection(Open open) {
    if (open.asn() != peer.asn()) {
      return Optional.of(Notification.badPeerAs());
    }
    boolean own = open.routerId() == plan.identifier() && !plan.external(peer);
    if (open.routerId() == 0 || own) {
      return Optional.of(Notification.badIdentifier());
    }
    boolean tooShort = open.holdSeconds() == 1 || open.holdSeconds() == 2;
    return tooShort ? Optional.of(Notification.badHoldTime()) : Optional.empty();
  }

  /** Ends the session from this side. */
  void refuse(Notification reason) {
    end(reason, "sent " + reason.text());
  }

  /** The connection is gone. */
  void disconnected(String cause) {
    finish(cause);
  }

  void send(Iterable<Update> updates) {
    if (!over) {
      updates.forEach(link::send);
    }
  }

  private void end(Notification reason, String cause) {
    if (!over) {
      link.send(reason);
      finish(cause);
    }
  }

  private void finish(String cause) {
    if (over) {
      return;
    }
    over = true;
    cancel(hold);
    cancel(keepalive);
    link.close();
    owner.ended(this, cause);
  }

  private void restartHold() {
    Negotiated agreed = negotiated;
    if (agreed != null) {
      restartHold(Duration.ofSeconds(agreed.holdSeconds()));
    }
  }

  private void restartHold(Duration silence) {
    cancel(hold);
    hold =
        silence.isZero()
            ? null
            : timers.after(silence, () -> refuse(Notification.holdTimerExpired()));
  }

  /** At a third of the hold time, less up to a quarter (RFC 4271, sections 4.4 and 10). */
  private void scheduleKeepalive(int holdSeconds) {
    long millis = holdSeconds * 1000L / 3;
    keepalive =
        timers.after(
            Duration.ofMillis(millis - random.nextLong(millis / 4 + 1)),
            () -> {
              link.send(new KeepAlive());
              scheduleKeepalive(holdSeconds);
            });
  }

  private static void cancel(@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  PeerState state() {
    return state;
  }

  boolean outgoing() {
    return outgoing;
  }

  Link link() {
    return link;
  }

  /** Present since the OPEN of the peer. */
  Optional<Negotiated> negotiated() {
    return Optional.ofNullable(negotiated);
  }
}
