package io.tagway.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http, localhost:8500, localhost, 8500",
    "http, consul, consul, 80",
    "https, consul.example.org, consul.example.org, 443",
    "http, [::1]:8500, ::1, 8500",
    "https, [fe80::2], fe80::2, 443",
    "http, :8500, localhost, 8500",
  })
  void reads_host_and_port(String scheme, String text, String host, int port) {
    assertEquals(
        new AgentAddress(scheme.equals("https"), "", host, port), AgentAddress.parse(scheme, text));
  }

  @Test
  void keeps_user_and_password() {
    assertEquals(
        new AgentAddress(false, "me:p@ss", "h", 1), AgentAddress.parse("http", "me:p@ss@h:1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h:", "h:http", "h:65536", "[::1:8500", "unix:"})
  void refuses_the_rest(String text) {
    assertThrows(IllegalArgumentException.class, () -> AgentAddress.parse("http", text));
  }
}
