package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, templates, formats and names. */
class SmallParsersTest {

  @ParameterizedTest
  @CsvSource({":80,'',80", "1.2.3.4:0,1.2.3.4,0", "[::1]:65535,::1,65535", "host-a:1,host-a,1"})
  void readsListenAddresses(String text, String host, int port) {
    assertEquals(Reading.of(new ListenAddress(text, host, port)), ListenAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "x", ":", "x:", "::1:80", ":65536", ":-1", ":http", "[::1:80", "a b:1", "a/b:1"
      })
  void refusesOtherListenAddresses(String text) {
    assertInstanceOf(Reading.Unfit.class, ListenAddress.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4,true",
    "::1,true",
    "fe80::1:2,true",
    "::ffff:1.2.3.4,true",
    "1.2.3,false",
    "01.2.3.4,false",
    "256.1.1.1,false",
    "host,false",
    "'',false",
    "::g,false",
    "1:2,false"
  })
  void tellsAddressesFromNames(String text, boolean address) {
    assertEquals(address, IpText.isAddress(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1/32,true",
    "10.0.0.0/0,true",
    "::/128,true",
    "10.0.0.1,false",
    "10.0.0.1/33,false",
    "::/129,false",
    "host/8,false",
    "10.0.0.1/,false"
  })
  void tellsBlocks(String text, boolean block) {
    assertEquals(block, IpText.isBlock(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "common | ''",
        "$remote_host.x [$time_common] $header.X-Y_z | ''",
        "$$request $ request $-$$ | invalid field \"$-\"",
        "$$request literal | ''",
        "$request-x | invalid field \"$request-x\" (did you mean $request?)",
        "$header | invalid field \"$header\"",
        "$header. | invalid field \"$header\"",
        "'' | empty log format"
      })
  void checksAccessLogFormats(String format, String complaint) {
    assertEquals(
        Optional.of(complaint).filter(text -> !text.isEmpty()), AccessLogFormat.complaint(format));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain }} text",
        "{{.A}}-{{clean .B.C}}-{{- .A -}}",
        "{{ clean   .A }}",
        "default"
      })
  void takesNameTemplates(String template) {
    assertEquals(Optional.empty(), NameTemplate.complaint(template, List.of("A", "B.C")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{.D}}", "{{lower .A}}", "{{.A", "{{}}", "{{.A | clean}}", "{{.A}}{{"})
  void refusesOtherNameTemplates(String template) {
    assertTrue(NameTemplate.complaint(template, List.of("A", "B.C")).isPresent());
  }

  @Test
  void findsTheNearestName() {
    List<String> known = List.of("proxy.addr", "ui.addr", "ui.title");
    assertEquals(Optional.of("ui.title"), Nearest.to("UI.Titel", known));
    assertEquals(Optional.of("proxy.addr"), Nearest.to("proxy.adr", known));
    assertEquals(Optional.empty(), Nearest.to("bananas", known));
    assertEquals(Optional.empty(), Nearest.to("x", known));
  }

  @Test
  void showsTextsOnOneLine() {
    assertEquals("\"a\\n\\\"b\\\\\\u0000\"", Quoted.of("a\n\"b\\\u0000"));
    assertEquals(103, Quoted.of("x".repeat(1000)).length());
  }
}
