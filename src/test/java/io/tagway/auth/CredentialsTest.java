package io.tagway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static String header(String userPass) {
    return "Basic " + Base64.getEncoder().encodeToString(Latin1.bytes(userPass));
  }

  @Test
  void whatIsNoWholeBase64IsNone() {
    assertEquals(Optional.empty(), Credentials.parse("Basic YWw6cHc6eA"));
    assertEquals(
        Optional.of(new Credentials("al", "pw:x")), Credentials.parse("Basic YWw6cHc6eA=="));
  }

  @Test
  void thePasswordBeginsBehindTheFirstColon() {
    Credentials credentials = Credentials.parse(header("al:a:b:")).orElseThrow();
    assertEquals("al", credentials.user());
    assertEquals("a:b:", credentials.password());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "basic YTpi", "BASIC   YTpi ", "bAsIc YTpi"})
  void theSchemeWordIsOfAnyCase(String header) {
    assertEquals("b", Credentials.parse(header).orElseThrow().password());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "BasicYTpi",
        "Bearer YTpi",
        "Basic YTpi YTpi",
        "Basic ????",
        "Basic YQ==",
        "Basic Y"
      })
  void anythingElseCountsAsNone(String header) {
    assertFalse(Credentials.parse(header).isPresent());
  }

  @Test
  void whatIsTooLongIsNotHashed() {
    String longest = "u:" + "x".repeat(Credentials.LIMIT_BYTES - 2);
    assertEquals(
        Credentials.LIMIT_BYTES - 2,
        Credentials.parse(header(longest)).orElseThrow().password().length());
    assertFalse(Credentials.parse(header(longest + "x")).isPresent());
    assertFalse(Credentials.parse(header("x".repeat(1 << 20))).isPresent());
  }
}
