package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ui.auth} and {@code ui.hosts}. */
class UiLoginTest {
  private static final String TEAM = "-proxy.auth=name=team;type=basic;file=team.htpasswd";

  private static Loaded load(String... words) {
    Machine machine =
        ConfigCases.machine(
            address -> {
              throw new IOException("no network");
            });
    return Configuration.load("tagway", "1.7.3", List.of(words), Map.of(), machine);
  }

  @Test
  void thereIsNoneUnlessAskedFor() {
    assertEquals(Optional.empty(), Expectation.started(load()).settings().ui().login());
  }

  @Test
  void namesASchemeOfProxyAuth() {
    Settings settings = Expectation.started(load(TEAM, "-ui.auth=team")).settings();
    assertEquals(Optional.ofNullable(settings.authSchemes().get("team")), settings.ui().login());
  }

  @Test
  void mayBeASchemeOfItsOwn() {
    Settings settings =
        Expectation.started(load("-ui.auth=name=ops;type=basic;file=x;realm=R")).settings();
    assertEquals("x", settings.ui().login().orElseThrow().file());
    assertEquals("R", settings.ui().login().orElseThrow().realm());
    assertTrue(settings.authSchemes().isEmpty(), "routes cannot refer to it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-ui.auth=none | ui.auth: proxy.auth has no scheme \"none\"",
        "-ui.auth=none | fits: one of team, or name=ui;type=basic;file=PATH",
        "-ui.auth=name=a;type=digest;file=x | ui.auth: unknown auth type 'digest'",
        "-ui.auth=name=a;type=basic | ui.auth: missing 'file'",
        "-ui.auth=team,team | ui.auth: 2 schemes",
      })
  void whatCannotBeIsRefused(String word, String message) {
    Expectation.refused(1, message, load(TEAM, word));
  }

  @ParameterizedTest
  @CsvSource({
    ":9998, true",
    "10.0.0.1:9998, true",
    "127.0.0.1:9998, false",
    "localhost:9998, false",
    "[::1]:9998, false",
    "':9998;cs=c', false"
  })
  void passwordsInClearTextAreWarnedAbout(String address, boolean warned) {
    Loaded loaded =
        load(
            TEAM,
            "-ui.auth=team",
            "-proxy.cs=cs=c;type=file;cert=c.pem",
            "-proxy.addr=",
            "-ui.addr=" + address);
    assertEquals(
        warned,
        Expectation.started(loaded).warnings().stream()
            .anyMatch(warning -> warning.startsWith("ui.auth: passwords cross the network")));
  }

  @Test
  void hostsAreComparedWithoutCase() {
    assertEquals(
        List.of("a.example", "b.example"),
        Expectation.started(load("-ui.hosts=A.example, b.example")).settings().ui().hosts());
  }
}
