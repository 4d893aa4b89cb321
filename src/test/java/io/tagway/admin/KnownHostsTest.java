package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownHostsTest {
  private final KnownHosts hosts = new KnownHosts(List.of("tagway.example.com"));

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "[::1], true",
    "fe80::1, true",
    "localhost, true",
    "router-7, true",
    "Tagway.Example.Com, true",
    "tagway.example.com., true",
    "tagway.service.consul, true",
    "box.local, true",
    "evil.example, false",
    "example.com, false",
    "x.tagway.example.com, false",
    "127.0.0.1.evil.example, false",
    "notlocal.example, false",
    "'', false",
    "., false"
  })
  void whatNobodyElseCanRegisterIsKnown(String host, boolean known) {
    assertEquals(known, hosts.knows(host));
  }
}
