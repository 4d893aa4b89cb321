package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text in, a value or a reason out: nothing that a user writes may throw. */
class ParsersTest {
  private static final int TEXTS = 500;
  private static final List<String> PIECES =
      List.of(
          "=",
          ":",
          ";",
          ",",
          "\"",
          "'",
          "\\",
          "\\u",
          "\\x",
          "\n",
          "\r",
          " ",
          "\t",
          "${",
          "}",
          "{{",
          "}}",
          "-",
          "--",
          "-cfg",
          "-v",
          "-proxy.addr",
          "-insecure",
          "-metrics.interval",
          "0",
          "1s",
          "0x",
          "_",
          ".",
          "\u0000",
          "\ufeff",
          "\ud83d\ude00",
          "\ud83d",
          "\u0661",
          "proto",
          "cs",
          "a",
          "tls10",
          "#",
          "!",
          "/",
          "[",
          "]",
          "*",
          "(",
          "$header.",
          "GetPrivateIP",
          "|");

  static IntStream seeds() {
    return IntStream.range(0, 8);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(12);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neverThrow(int seed) {
    Random random = new Random(seed);
    AddressTemplate template = new AddressTemplate(() -> new LocalAddresses(List.of()));
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random);
      assertNotNull(KeyValueList.parse(text));
      assertNotNull(PropertiesText.parse(text));
      assertNotNull(Expansion.ofEnvironment(text, Map.of("a", text)));
      assertNotNull(template.expand(text));
      assertNotNull(ListenAddress.parse(text));
      assertNotNull(TlsWords.version(text));
      assertNotNull(TlsWords.ciphers(text));
      assertNotNull(AccessLogFormat.complaint(text));
      assertNotNull(NameTemplate.complaint(text, List.of("a")));
      assertTrue(IpText.isAddress(text) || !IpText.isBlock(text + "/x"));
      for (OptionType type : OptionType.values()) {
        assertNotNull(type.parse(text));
      }
      for (Option option : OptionTable.options()) {
        if (option.type().parse(text) instanceof Reading.Value<Object> good) {
          assertNotNull(option.rule().complaint().apply(good.value()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void loadingNeverThrows(int seed) {
    Random random = new Random(seed);
    Machine machine =
        ConfigCases.machine(
            address -> {
              throw new IOException("no network");
            });
    List<Option> options = List.copyOf(OptionTable.options());
    for (int i = 0; i < TEXTS / 10; i++) {
      List<String> words = new ArrayList<>();
      for (int w = random.nextInt(4); w > 0; w--) {
        Option option = options.get(random.nextInt(options.size()));
        words.add("-" + option.name() + "=" + text(random));
      }
      words.add(text(random));
      String file = "http://x/" + random.nextInt(9);
      assertNotNull(
          Configuration.load(
              "p", "1", words, Map.of("PROXY_CS", text(random), "CFG", file), machine));
    }
  }
}
