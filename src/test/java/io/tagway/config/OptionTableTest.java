package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionTableTest {
  static Stream<Option> options() {
    return OptionTable.options().stream();
  }

  @Test
  void holdsEveryDocumentedOptionAndThoseOfOurOwn() {
    assertEquals(130, OptionTable.options().size());
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyDefaultIsOfItsTypeAndKeepsItsRule(Option option) {
    Reading.Value<?> value =
        assertInstanceOf(Reading.Value.class, option.type().parse(option.fallback()));
    assertEquals(Optional.empty(), option.rule().complaint().apply(value.value()));
    assertFalse(option.meaning().isEmpty());
  }

  @Test
  void noTwoOptionsShareAVariable() {
    Map<String, String> names = new HashMap<>();
    options().forEach(o -> assertEquals(null, names.put(o.variable(), o.name()), o.name()));
  }

  @Test
  void settingAnOptionWithoutEffectSaysWhy() {
    for (String name : OptionTable.withoutEffect()) {
      Option option = OptionTable.named(name).orElseThrow();
      assertEquals(
          List.of(name + " has no effect: " + option.because()),
          warnings(List.of("-" + name + "=" + option.fallback())));
    }
  }

  @Test
  void certificatesAndTheProxyProtocolOfListenersNeedNoWarning() {
    assertEquals(
        List.of(),
        warnings(
            List.of(
                "-proxy.cs=cs=n;type=file;cert=c",
                "-proxy.addr=:1;cs=n,:2;cs=n;pxyproto=true,:3;pxyproto=true",
                "-ui.addr=:4;cs=n;pxyproto=true")));
  }

  @Test
  void theControlPortOfBgpIsMissedAloud() {
    assertEquals(
        List.of(
            "bgp.enablegrpc has no effect: there is no gobgp control port; /api/status shows the"
                + " BGP peers"),
        warnings(List.of("-bgp.enablegrpc")));
  }

  @Test
  void optionsThatNeverHaveAnEffectSayWhy() {
    assertEquals(
        List.of(
            "runtime.gogc has no effect: the Java machine sizes its own heap; use the options of"
                + " the java command",
            "glob.cache.size has no effect: patterns are compiled once, with the table; there is"
                + " no cache"),
        warnings(List.of("-runtime.gogc=100", "-glob.cache.size=1000")));
  }

  @Test
  void nothingIsWarnedAboutWithoutCause() {
    assertEquals(List.of(), warnings(List.of()));
  }

  private static List<String> warnings(List<String> words) {
    return Expectation.started(
            Configuration.load(
                "tagway",
                "1.7.3",
                words,
                Map.of(),
                ConfigCases.machine(Fetch.overHttp(Map.of(), Duration.ofSeconds(1)))))
        .warnings();
  }
}
