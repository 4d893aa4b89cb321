package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.HostName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncedAddressTest {
  @Test
  void takes_addresses_and_names_as_they_stand() {
    assertEquals(new AnnouncedAddress("10.0.0.1", 9998), AnnouncedAddress.parse("10.0.0.1:9998"));
    assertEquals(new AnnouncedAddress("fe80::1", 1), AnnouncedAddress.parse("[fe80::1]:1"));
    assertEquals(new AnnouncedAddress("edge.local", 0), AnnouncedAddress.parse("edge.local:0"));
  }

  @Test
  void without_a_host_it_is_an_address_of_this_machine() {
    AnnouncedAddress own = AnnouncedAddress.parse(":9998");
    assertEquals(9998, own.port());
    assertFalse(own.host().isEmpty());
    assertFalse(HostName.ofMachine().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nowhere", "h:", "h:http", "h:65536", "::1:80", "1:2:3"})
  void refuses_what_is_no_host_and_port(String text) {
    StartFailure failure = assertThrows(StartFailure.class, () -> AnnouncedAddress.parse(text));
    assertTrue(FailureText.of(failure).contains("would fit: host:port"));
  }
}
