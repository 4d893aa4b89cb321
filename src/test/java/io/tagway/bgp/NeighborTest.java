package io.tagway.bgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.Settings.BgpPeer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NeighborTest {
  private static final long SMALLER = 0x01010101L;
  private static final long LARGER = 0xc0000201L;
  private static final Open OPEN = Open.of(65001, 30, SMALLER);

  /** Tries that the test decides. */
  private static final class Tries implements Dialer {
    private final List<Consumer<Wire>> connected = new ArrayList<>();
    private final List<Consumer<String>> failed = new ArrayList<>();
    private int cancelled;

    @Override
    public Attempt dial(Peer peer, Consumer<Wire> ok, Consumer<String> failure) {
      connected.add(ok);
      failed.add(failure);
      return () -> cancelled++;
    }

    MemoryWire connect() {
      MemoryWire wire = new MemoryWire();
      connected.get(connected.size() - 1).accept(wire);
      return wire;
    }

    void fail() {
      failed.get(failed.size() - 1).accept("refused");
    }

    int count() {
      return connected.size();
    }
  }

  private final HandTimers timers = new HandTimers();
  private final Tries tries = new Tries();
  private final Neighbor neighbor = neighbor(new BgpSettings());

  private Neighbor neighbor(BgpSettings settings) {
    Plan plan = PlanReader.read(settings.build());
    return new Neighbor(
        plan,
        plan.peers().get(0),
        tries,
        timers,
        new Random(1),
        InstantSource.fixed(Instant.EPOCH));
  }

  private MemoryWire up() {
    neighbor.start();
    MemoryWire wire = tries.connect();
    wire.establish(OPEN);
    assertEquals(PeerState.ESTABLISHED, neighbor.status().state());
    return wire;
  }

  private static List<String> kinds(MemoryWire wire) {
    return wire.sent().stream().map(message -> message.getClass().getSimpleName()).toList();
  }

  private static String end(MemoryWire wire) {
    List<BgpMessage> sent = wire.sent();
    assertTrue(wire.isClosed());
    return ((Notification) sent.get(sent.size() - 1)).text();
  }

  @Test
  void aSessionGoesThroughItsStates() {
    assertEquals(PeerState.IDLE, neighbor.status().state());
    neighbor.start();
    assertEquals(PeerState.CONNECT, neighbor.status().state());
    MemoryWire wire = tries.connect();
    assertEquals(PeerState.OPEN_SENT, neighbor.status().state());
    assertEquals(List.of("Open"), kinds(wire));
    wire.receive(OPEN);
    assertEquals(PeerState.OPEN_CONFIRM, neighbor.status().state());
    assertEquals(List.of("KeepAlive"), kinds(wire));
    wire.receive(new KeepAlive());
    assertEquals(PeerState.ESTABLISHED, neighbor.status().state());
    assertEquals(List.of(), kinds(wire));
    assertEquals(List.of(), neighbor.status().announced());
  }

  @Test
  void prefixesAreSentWhenAnnouncedAndTakenBackWhenWithdrawn() {
    MemoryWire wire = up();
    wire.sent();
    neighbor.announce();
    assertEquals("[10.99.0.1/32]", ((Update) wire.sent().get(0)).announced().toString());
    assertEquals(List.of("10.99.0.1/32"), neighbor.status().announced());
    neighbor.withdraw();
    assertEquals("[10.99.0.1/32]", ((Update) wire.sent().get(0)).withdrawn().toString());
    assertEquals(List.of(), neighbor.status().announced());
    neighbor.withdraw();
    assertEquals(List.of(), wire.sent());
  }

  @Test
  void aPeerThatComesUpLaterGetsWhatIsAnnounced() {
    neighbor.announce();
    MemoryWire wire = up();
    assertEquals(List.of("Open", "KeepAlive", "Update"), kinds(wire));
  }

  @Test
  void aRefreshIsAnsweredWithEverythingOfTheFamily() {
    neighbor.announce();
    MemoryWire wire = up();
    wire.sent();
    wire.receive(new RouteRefresh(1, 0, 1));
    assertEquals(List.of("Update"), kinds(wire));
    wire.receive(new RouteRefresh(2, 0, 1));
    wire.receive(new RouteRefresh(1, 1, 1));
    wire.receive(new RouteRefresh(1, 0, 128));
    assertEquals(List.of(), kinds(wire));
  }

  @Test
  void whatThePeerTeachesIsIgnored() {
    MemoryWire wire = up();
    wire.sent();
    wire.receive(
        new Update(
            List.of(),
            List.of(PathAttribute.originIgp()),
            List.of(Prefix.parse("0.0.0.0/0").orElseThrow())));
    assertEquals(List.of(), wire.sent());
    assertEquals(PeerState.ESTABLISHED, neighbor.status().state());
  }

  @Test
  void keepalivesGoOutAtAThirdOfTheSmallerHoldTime() {
    MemoryWire wire = up();
    wire.sent();
    timers.pass(Duration.ofSeconds(7));
    assertEquals(List.of(), kinds(wire));
    timers.pass(Duration.ofSeconds(3));
    assertEquals(List.of("KeepAlive"), kinds(wire));
    wire.receive(new KeepAlive());
    timers.pass(Duration.ofSeconds(20));
    assertTrue(kinds(wire).size() >= 2);
  }

  @Test
  void silenceEndsTheSession() {
    MemoryWire wire = up();
    timers.pass(Duration.ofSeconds(29));
    wire.receive(new KeepAlive());
    timers.pass(Duration.ofSeconds(29));
    assertFalse(wire.isClosed());
    timers.pass(Duration.ofSeconds(1));
    assertEquals("hold timer expired", end(wire));
    assertEquals(PeerState.ACTIVE, neighbor.status().state());
    assertEquals("sent hold timer expired", neighbor.status().lastFault());
  }

  @Test
  void aHoldTimeOfZeroMeansNoTimers() {
    neighbor.start();
    MemoryWire wire = tries.connect();
    wire.establish(Open.of(65001, 0, SMALLER));
    wire.sent();
    timers.pass(Duration.ofDays(1));
    assertEquals(List.of(), wire.sent());
    assertFalse(wire.isClosed());
  }

  @Test
  void aPeerThatNeverOpensIsGivenUp() {
    neighbor.start();
    MemoryWire wire = tries.connect();
    timers.pass(Duration.ofMinutes(4));
    assertEquals("hold timer expired", end(wire));
  }

  @Test
  void aWrongOpenIsRefused() {
    neighbor.start();
    Open[] wrong = {
      Open.of(65002, 90, SMALLER),
      Open.of(65001, 2, SMALLER),
      Open.of(65001, 90, 0),
      new Open(65001, 90, SMALLER, List.of(Capability.fourOctetAs(65002)))
    };
    List<String> answers = new ArrayList<>();
    for (Open open : wrong) {
      MemoryWire wire = tries.connect();
      wire.receive(open);
      answers.add(end(wire));
      timers.pass(Duration.ofMinutes(1));
    }
    assertEquals(
        List.of(
            "OPEN message error, bad peer AS",
            "OPEN message error, unacceptable hold time",
            "OPEN message error, bad BGP identifier",
            "OPEN message error, bad peer AS"),
        answers);
  }

  @Test
  void anInternalPeerWithTheOwnIdentifierIsRefused() {
    Neighbor internal =
        neighbor(new BgpSettings().peers(new BgpPeer("127.0.0.9", 1, 65000, false, 2, "")));
    internal.start();
    MemoryWire wire = tries.connect();
    wire.receive(Open.of(65000, 90, 0x7f000002L));
    assertEquals("OPEN message error, bad BGP identifier", end(wire));
  }

  @Test
  void messagesOutOfPlaceEndTheSession() {
    neighbor.start();
    MemoryWire early = tries.connect();
    early.receive(new KeepAlive());
    assertEquals("finite state machine error, unexpected message in OpenSent", end(early));
    timers.pass(Duration.ofMinutes(1));
    MemoryWire confirm = tries.connect();
    confirm.receive(OPEN);
    confirm.receive(new Update(List.of(), List.of(), List.of()));
    assertEquals("finite state machine error, unexpected message in OpenConfirm", end(confirm));
    timers.pass(Duration.ofMinutes(1));
    MemoryWire late = tries.connect();
    late.establish(OPEN);
    late.receive(OPEN);
    assertEquals("finite state machine error, unexpected message in Established", end(late));
  }

  @Test
  void aFaultIsAnsweredAndTheSessionEnds() {
    MemoryWire wire = up();
    wire.fault(Notification.badType(9));
    assertEquals("message header error, bad message type", end(wire));
    assertEquals("sent message header error, bad message type", neighbor.status().lastFault());
  }

  @Test
  void aNotificationEndsTheSessionWithoutAnAnswer() {
    MemoryWire wire = up();
    wire.sent();
    wire.receive(Notification.shutdown("maintenance"));
    assertTrue(wire.isClosed());
    assertEquals(List.of(), wire.sent());
    assertEquals(
        "peer sent cease, administrative shutdown (maintenance)", neighbor.status().lastFault());
  }

  @Test
  void triesBackOffAndStartOverAfterAGoodSession() {
    neighbor.start();
    for (int i = 0; i < 10; i++) {
      tries.fail();
      assertEquals(PeerState.ACTIVE, neighbor.status().state());
      timers.pass(Duration.ofSeconds(60));
      assertEquals(i + 2, tries.count());
    }
    tries.fail();
    timers.pass(Duration.ofSeconds(44));
    assertEquals(11, tries.count());
    timers.pass(Duration.ofSeconds(16));
    MemoryWire wire = tries.connect();
    wire.establish(OPEN);
    timers.pass(Duration.ofSeconds(29));
    wire.receive(new KeepAlive());
    timers.pass(Duration.ofSeconds(2));
    wire.breakOff();
    assertEquals(12, tries.count());
    timers.pass(Duration.ofSeconds(1));
    assertEquals(13, tries.count());
  }

  @Test
  void aSessionThatBreaksAtOnceDoesNotSpeedUpTheTries() {
    neighbor.start();
    for (int i = 0; i < 10; i++) {
      MemoryWire wire = tries.connect();
      wire.establish(OPEN);
      wire.breakOff();
      assertEquals(i + 1, tries.count());
      timers.pass(Duration.ofSeconds(44));
      assertEquals(i < 6 ? i + 2 : i + 1, tries.count());
      timers.pass(Duration.ofSeconds(16));
      assertEquals(i + 2, tries.count());
    }
  }

  @Test
  void thePeerMayConnectFirst() {
    neighbor.start();
    tries.fail();
    MemoryWire wire = new MemoryWire();
    neighbor.accept(wire);
    wire.establish(OPEN);
    assertEquals(PeerState.ESTABLISHED, neighbor.status().state());
    timers.pass(Duration.ofSeconds(20));
    assertEquals(1, tries.count());
  }

  @Test
  void ofTwoConnectionsTheOneOfTheLargerIdentifierStays() {
    neighbor.start();
    MemoryWire outgoing = tries.connect();
    MemoryWire incoming = new MemoryWire();
    neighbor.accept(incoming);
    outgoing.receive(OPEN);
    incoming.receive(OPEN);
    assertEquals("cease, connection collision resolution", end(incoming));
    outgoing.receive(new KeepAlive());
    assertEquals(PeerState.ESTABLISHED, neighbor.status().state());
  }

  @Test
  void ofTwoConnectionsThePeersStaysWhenItsIdentifierIsLarger() {
    Open open = Open.of(65001, 30, LARGER);
    neighbor.start();
    MemoryWire outgoing = tries.connect();
    MemoryWire incoming = new MemoryWire();
    neighbor.accept(incoming);
    outgoing.receive(open);
    incoming.receive(open);
    assertEquals("cease, connection collision resolution", end(outgoing));
    incoming.receive(new KeepAlive());
    assertEquals(PeerState.ESTABLISHED, neighbor.status().state());
    assertEquals(1, tries.count());
  }

  @Test
  void anEstablishedSessionIsNotReplaced() {
    MemoryWire wire = up();
    MemoryWire second = new MemoryWire();
    neighbor.accept(second);
    second.receive(Open.of(65001, 30, LARGER));
    assertEquals("cease, connection collision resolution", end(second));
    assertFalse(wire.isClosed());
    assertEquals(PeerState.ESTABLISHED, neighbor.status().state());
  }

  @Test
  void aPeerThatComesAgainReplacesItsHalfOpenConnection() {
    neighbor.start();
    MemoryWire first = new MemoryWire();
    neighbor.accept(first);
    MemoryWire second = new MemoryWire();
    neighbor.accept(second);
    assertTrue(first.isClosed());
    second.establish(OPEN);
    assertEquals(PeerState.ESTABLISHED, neighbor.status().state());
  }

  @Test
  void aTryUnderWayIsCancelledWhenThePeerWasFaster() {
    neighbor.start();
    MemoryWire incoming = new MemoryWire();
    neighbor.accept(incoming);
    incoming.establish(OPEN);
    assertEquals(1, tries.cancelled);
  }

  @Test
  void stoppingWithdrawsThenSaysWhy() {
    neighbor.announce();
    MemoryWire wire = up();
    wire.sent();
    assertTrue(neighbor.stop("Tagway is stopping").isComplete());
    List<BgpMessage> sent = wire.sent();
    assertEquals("[10.99.0.1/32]", ((Update) sent.get(0)).withdrawn().toString());
    assertEquals(
        "cease, administrative shutdown (Tagway is stopping)", ((Notification) sent.get(1)).text());
    assertTrue(wire.isClosed());
    assertEquals(PeerState.IDLE, neighbor.status().state());
    timers.pass(Duration.ofHours(1));
    assertEquals(1, tries.count());
    assertEquals(0, timers.pending());
    MemoryWire late = new MemoryWire();
    neighbor.accept(late);
    assertTrue(late.isClosed());
  }
}
