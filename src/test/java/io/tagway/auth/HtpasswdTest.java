package io.tagway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtpasswdTest {
  /** The file of the data plane's case file. */
  private static final String CASES =
      """
      plain:secret
      sha:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=
      apr:$apr1$HGMCu0Nj$OLzn7od1HWe22qgfMNBtv/
      md5:$1$abcd1234$7UDmmrvkSWiZ25tt6ubAq/
      ssha:{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0
      nginx:{PLAIN}secret
      bc:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a
      six:$6$abcd1234$3V4m6cC6zFX2tUj22hbD.XU8ZDvYKUWl87SxosEyYV3eGZlA9sOsMuPgXKDVX.pQ/mGl4jxW17126ZVzDPLma1
      colon:a:b
      dup:one
      dup:two
      broken line
      """;

  private static Htpasswd parse(String text) {
    return Htpasswd.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean admits(Htpasswd users, String user, String password) {
    return users.admits(user, password.getBytes(StandardCharsets.UTF_8), user.hashCode());
  }

  @ParameterizedTest
  @CsvSource({
    "plain, secret",
    "sha, secret",
    "apr, secret",
    "md5, secret",
    "ssha, secret",
    "nginx, secret",
    "bc, secret",
    "six, secret",
    "colon, a:b",
    "dup, two"
  })
  void everyFormOfTheCaseFileAdmitsItsPasswordOnly(String user, String password) {
    Htpasswd users = parse(CASES);
    assertTrue(admits(users, user, password));
    assertFalse(admits(users, user, password + "x"));
    assertFalse(admits(users, user, ""));
    assertFalse(admits(users, "nobody", password));
  }

  @Test
  void theLastLineOfAUserWins() {
    assertFalse(admits(parse(CASES), "dup", "one"));
  }

  @Test
  void anUnreadableLastLineDoesNotBringTheOldPasswordBack() {
    assertFalse(admits(parse("u:old\nu:$y$j9T$salt$hash\n"), "u", "old"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$aGFzaA",
        "$7$C6..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D",
        "$sha1$40000$jtNX3nZ2$hBNaIXkt4wBI2o5rsi8KejSjNqIq",
        "$2$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a",
        "$2y$05$tooshort",
        "$2y$99$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a",
        "$apr1$HGMCu0Nj$short",
        "$1$$7UDmmrvkSWiZ25tt6ubAq/",
        "$5$abcd1234$short",
        "$6$rounds=x$abcd1234$short",
        "{SHA}not base64",
        "{SHA}AAAA",
        "{SSHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
        "{SSHA512}AAAA",
        "{CRYPT}$6$abcd",
        ""
      })
  void anUnknownOrBrokenHashIsRefusedAndNotTakenForThePassword(String entry) {
    Htpasswd users = parse("first:x\nuser:" + entry + "\n");
    assertFalse(admits(users, "user", entry));
    assertEquals(1, users.size());
    assertEquals(1, users.problems().size());
    Htpasswd.Problem problem = users.problems().get(0);
    assertEquals(2, problem.line());
    assertEquals("user", problem.user());
    assertTrue(entry.isEmpty() || !problem.toString().contains(entry));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$ecret", "$", "$$", "$5", "{", "{}", "{x}y", "a$b$c", "p:w", "#x", "Büro€"})
  void whatOnlyResemblesAHashIsAPlainPassword(String password) {
    Htpasswd users = parse("user:" + password + "\n");
    assertTrue(admits(users, "user", password), users.problems()::toString);
  }

  @Test
  void plainWithPrefixIsThePasswordBehindIt() {
    Htpasswd users = parse("user:{PLAIN}$y$x$\n");
    assertTrue(admits(users, "user", "$y$x$"));
    assertFalse(admits(users, "user", "{PLAIN}$y$x$"));
  }

  @Test
  void thirteenCharactersAreADesHashOrAPassword() {
    Htpasswd users = parse("user:rqXexS6ZhobKA\n");
    assertTrue(admits(users, "user", "myPassword"));
    assertTrue(admits(users, "user", "rqXexS6ZhobKA"));
    assertFalse(admits(users, "user", "yourPassword"));
  }

  @Test
  void roundsOutOfRangeCountAsTheNearest() {
    String hash = "$5$rounds=1000$toolow$u8/YzMUpsXPXPUSpuznAGKqf2Zmsz/aOTvyaJdz6Tk3";
    String made =
        org.apache.commons.codec.digest.Sha2Crypt.sha256Crypt(
            Latin1.bytes("pw"), "$5$rounds=1000$toolow");
    String low = made.replace("rounds=1000", "rounds=10");
    assertEquals(hash.length(), made.length());
    assertTrue(admits(parse("user:" + low + "\n"), "user", "pw"));
  }

  @Test
  void commentsBlankLinesAndBlanksAroundLinesAreCut() {
    Htpasswd users = parse("\ufeff# alice:x\r\n\r\n \tbob:pw \r\n\n#carol:y\n");
    assertEquals(List.of(), users.problems());
    assertEquals(1, users.size());
    assertTrue(admits(users, "bob", "pw"));
    assertFalse(admits(users, "#carol", "y"));
  }

  @Test
  void aLineWithoutColonIsNamedByItsNumberOnly() {
    assertEquals(
        List.of(new Htpasswd.Problem(2, "", "there is no colon, the line is skipped")),
        parse("a:b\nhunter2\n").problems());
  }

  @Test
  void aUserInAProblemCannotBreakALogLine() {
    Htpasswd users = Htpasswd.parse("b\u001bö\rb:\n".getBytes(StandardCharsets.UTF_8));
    assertEquals("b?ö?b", users.problems().get(0).user());
  }

  @Test
  void bytesAreComparedWhateverTheirEncoding() {
    byte[] file = {'u', ':', (byte) 0xe4, (byte) 0xff};
    assertTrue(Htpasswd.parse(file).admits("u", new byte[] {(byte) 0xe4, (byte) 0xff}, 0));
    assertFalse(Htpasswd.parse(file).admits("u", new byte[] {(byte) 0xe4, (byte) 0xfe}, 0));
  }

  @Test
  void bcryptCountsSeventyTwoBytes() {
    String hash =
        Latin1.text(
            at.favre.lib.crypto.bcrypt.BCrypt.with(
                    at.favre.lib.crypto.bcrypt.BCrypt.Version.VERSION_2Y)
                .hash(4, "x".repeat(71).getBytes(StandardCharsets.UTF_8)));
    assertTrue(admits(parse("u:" + hash + "\n"), "u", "x".repeat(71)));
    assertFalse(admits(parse("u:" + hash + "\n"), "u", "x".repeat(200)));
  }

  @Test
  void anEmptyFileAdmitsNobody() {
    assertFalse(admits(parse(""), "", ""));
    assertFalse(admits(Htpasswd.EMPTY, "x", "x"));
  }

  @Test
  void anUnknownUserCostsTheHashOfAnother() {
    Htpasswd users = parse("a:$2y$08$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n");
    assertFalse(admits(users, "a", "warm"));
    long known = nanos(users, "a");
    for (String unknown : List.of("b", "c", "d", "")) {
      // A refusal without a hash would take a ten-thousandth of it.
      assertTrue(nanos(users, unknown) > known / 10, unknown);
    }
  }

  private static long nanos(Htpasswd users, String user) {
    long start = System.nanoTime();
    assertFalse(admits(users, user, "secret?"));
    return System.nanoTime() - start;
  }

  @Test
  void anyBytesAreAFile() {
    Random random = new Random(7617);
    String alphabet = "ab:$\n\r #{}SHA2y1605/=\u0000\u00ff\u001b.rounds";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(60);
      for (int j = 0; j < length; j++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Htpasswd users = Htpasswd.parse(Latin1.bytes(text.toString()));
      assertTrue(users.size() >= 0);
    }
  }
}
