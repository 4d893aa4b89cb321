package io.tagway.bgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.bgp.MessageStream.Found;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BgpMessageTest {
  private static final String MARKER = "ff".repeat(16);

  private static Buffer hex(String text) {
    return Buffer.buffer(HexFormat.of().parseHex(text.replace(" ", "")));
  }

  private static List<Found> read(Buffer bytes) {
    List<Found> found = new ArrayList<>();
    new MessageStream().feed(bytes, found::add);
    return found;
  }

  private static Prefix prefix(String cidr) {
    return Prefix.parse(cidr).orElseThrow();
  }

  static List<BgpMessage> messages() {
    return List.of(
        new KeepAlive(),
        Open.of(65000, 90, 0x7f000002L),
        Open.of(4_200_000_000L, 0, 0xffff_ffffL),
        new Open(1, 180, 1, List.of()),
        new Open(
            1,
            180,
            1,
            java.util.Collections.nCopies(5, new Capability(73, Buffer.buffer(new byte[120])))),
        Notification.shutdown("bye"),
        Notification.badLength(4097),
        Notification.holdTimerExpired(),
        new RouteRefresh(2, 0, 1),
        new Update(List.of(), List.of(), List.of()),
        new Update(
            List.of(prefix("10.0.0.0/8"), prefix("0.0.0.0/0")),
            List.of(PathAttribute.originIgp(), PathAttribute.as4Path(4_200_000_000L)),
            List.of(prefix("192.0.2.1/32"), prefix("192.0.2.128/25"))),
        new Update(
            List.of(),
            List.of(
                PathAttribute.reachable(
                    Family.IPV6,
                    Addresses.parse("2001:db8::1").orElseThrow(),
                    java.util.Collections.nCopies(200, prefix("2001:db8::/128")))),
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void writingAndReadingAreInverses(BgpMessage message) {
    assertEquals(List.of(new Found.Message(message)), read(message.encode()));
  }

  @Test
  void openIsWrittenAsTheRfcsSay() {
    assertEquals(
        hex(
            MARKER
                + "0033 01 04 5ba0 005a 7f000002 16"
                + "02 14  01 04 0001 00 01  01 04 0002 00 01  02 00  41 04 fa56ea00"),
        Open.of(4_200_000_000L, 90, 0x7f000002L).encode());
  }

  @Test
  void aCapabilityMayComeInAParameterOfItsOwnOrInTheLongForm() {
    Open apart = new Open(1, 90, 9, List.of(Capability.routeRefresh(), Capability.fourOctetAs(1)));
    assertEquals(
        List.of(new Found.Message(apart)),
        read(hex(MARKER + "0029 01 04 0001 005a 00000009 0c 0202 0200 0206 4104 00000001")));
    assertEquals(
        List.of(new Found.Message(apart)),
        read(hex(MARKER + "002b 01 04 0001 005a 00000009 ff ff 000b 02 0008 0200 4104 00000001")));
  }

  @Test
  void withoutAWordOnFamiliesThePeerTakesIpv4() {
    assertEquals(EnumSet.of(Family.IPV4), new Open(1, 90, 9, List.of()).families());
    assertEquals(
        EnumSet.of(Family.IPV6),
        new Open(1, 90, 9, List.of(Capability.multiprotocol(Family.IPV6))).families());
  }

  @ParameterizedTest
  @CsvSource({
    // header: marker, length, type
    "fe ffffffffffffffffffffffffffffff 0013 04, 1, 1",
    "M 0012 04, 1, 2",
    "M 1001 02, 1, 2",
    "M 0014 04 00, 1, 2",
    "M 0013 06, 1, 3",
    "M 0013 00, 1, 3",
    "M 001c 01 04 0001 005a 00000009, 1, 2",
    // OPEN: version, parameters
    "M 001d 01 03 0001 005a 00000009 00, 2, 1",
    "M 001d 01 04 0001 005a 00000009 01, 2, 0",
    "M 001f 01 04 0001 005a 00000009 02 0100, 2, 4",
    "M 0020 01 04 0001 005a 00000009 03 020141, 2, 0",
    "M 0021 01 04 0001 005a 00000009 04 02024104, 2, 0",
    // UPDATE: lengths, prefix
    "M 0017 02 0001 0000, 3, 1",
    "M 0017 02 0000 0001, 3, 1",
    "M 001a 02 0000 0003 400101, 3, 1",
    "M 001c 02 0000 0000 21 0a0000 01, 3, 10",
    "M 0019 02 0000 0000 20 0a, 3, 1",
    // NOTIFICATION, ROUTE-REFRESH
    "M 0014 03 06, 1, 2",
    "M 0016 05 0001 00, 1, 2"
  })
  void aBrokenMessageIsAnsweredByTheErrorOfTheRfc(String text, int code, int subcode) {
    List<Found> found = read(hex(text.replace("M", MARKER)));
    assertEquals(1, found.size());
    Notification answer = ((Found.Fault) found.get(0)).answer();
    assertEquals(code + "/" + subcode, answer.code() + "/" + answer.subcode());
  }

  @Test
  void theStreamMayArriveInAnyPieces() {
    Buffer all = Buffer.buffer();
    List<Found> expected = new ArrayList<>();
    for (BgpMessage message : messages()) {
      all.appendBuffer(message.encode());
      expected.add(new Found.Message(message));
    }
    Random random = new Random(4271);
    for (int most : new int[] {1, 2, 18, 19, 20, 700}) {
      MessageStream stream = new MessageStream();
      List<Found> found = new ArrayList<>();
      for (int at = 0; at < all.length(); ) {
        int next = Math.min(all.length(), at + 1 + random.nextInt(most));
        stream.feed(all.getBuffer(at, next), found::add);
        at = next;
      }
      assertEquals(expected, found);
    }
  }

  @Test
  void nothingIsReadBehindAFault() {
    Buffer bytes = hex(MARKER + "0013 09").appendBuffer(new KeepAlive().encode());
    assertEquals(List.of(new Found.Fault(Notification.badType(9))), read(bytes));
  }

  /** Any bytes: messages, then at most one fault, never an exception. */
  @Test
  void anyBytesAreMessagesOrOneFault() {
    Random random = new Random(20060101);
    List<BgpMessage> messages = messages();
    int faults = 0;
    int understood = 0;
    for (int round = 0; round < 20_000; round++) {
      Buffer bytes = messages.get(random.nextInt(messages.size())).encode();
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = BgpMessage.MARKER_BYTES + random.nextInt(bytes.length() - BgpMessage.MARKER_BYTES);
        bytes.setByte(at, (byte) random.nextInt(256));
      }
      if (random.nextInt(4) == 0) {
        bytes.setUnsignedShort(BgpMessage.MARKER_BYTES, bytes.length());
      }
      List<Found> found = read(bytes);
      for (int i = 0; i < found.size(); i++) {
        if (found.get(i) instanceof Found.Fault fault) {
          faults++;
          assertEquals(found.size() - 1, i);
          assertTrue(fault.answer().encode().length() >= 21);
          assertFalse(fault.answer().text().isEmpty());
        } else if (found.get(i) instanceof Found.Message message) {
          understood++;
          assertTrue(message.message().toString().length() > 0);
        }
      }
    }
    assertTrue(faults > 1000 && understood > 1000, faults + " faults, " + understood + " messages");
  }

  @Test
  void whatWasUnderstoodCanBeWrittenAndReadAgain() {
    Random random = new Random(3);
    List<BgpMessage> messages = messages();
    for (int round = 0; round < 10_000; round++) {
      Buffer bytes = messages.get(random.nextInt(messages.size())).encode();
      int at = BgpMessage.HEADER_BYTES - 1;
      at += random.nextInt(bytes.length() - at);
      bytes.setByte(at, (byte) random.nextInt(256));
      for (Found found : read(bytes)) {
        if (found instanceof Found.Message message) {
          assertEquals(List.of(found), read(message.message().encode()));
        }
      }
    }
  }

  @Test
  void aShutdownTellsItsReason() {
    assertEquals("cease, administrative shutdown (bye)", Notification.shutdown("bye").text());
    Notification rude = new Notification(6, 2, Buffer.buffer("\u0004a\nb\u0007"));
    assertEquals("cease, administrative shutdown (a?b?)", rude.text());
    Notification lying = new Notification(6, 2, Buffer.buffer("cshort"));
    assertEquals("cease, administrative shutdown", lying.text());
    assertEquals("error 200, subcode 9", new Notification(200, 9, Buffer.buffer()).text());
  }

  @Test
  void hostBitsArePutAway() {
    assertEquals("10.1.0.0/16", prefix("10.1.2.3/16").toString());
    assertEquals("2001:db8::/33", prefix("2001:db8:7fff::1/33").toString());
    assertEquals(prefix("10.1.0.0/16"), prefix("10.1.255.255/16"));
    assertEquals("0.0.0.0/0", prefix("255.255.255.255/0").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1",
    "10.0.0.1/",
    "10.0.0.1/33",
    "2001:db8::/129",
    "10.0.0/8",
    "host/32",
    "/8",
    "10.0.0.1/-1",
    "10.0.0.1/8/8",
    "'10.0.0.1 /8'",
    "[::1]/128",
    "fe80::1%lo/128",
    "10.0.0.1/1000"
  })
  void otherTextsAreNoBlocks(String text) {
    assertEquals(Optional.empty(), Prefix.parse(text));
  }
}
