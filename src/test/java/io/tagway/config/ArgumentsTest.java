package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private final Findings findings = new Findings();

  private Arguments scan(String... words) {
    return Arguments.scan(List.of(words), findings);
  }

  @Test
  void takesEveryFormOfAnOption() {
    Arguments arguments =
        scan("-ui.title", "-a", "--ui.color=", "-ui.path=/x=y", "-insecure", "--ui.access", "rw");
    assertEquals(
        Map.of(
            "ui.title",
            "-a",
            "ui.color",
            "",
            "ui.path",
            "/x=y",
            "insecure",
            "true",
            "ui.access",
            "rw"),
        arguments.values());
    assertFalse(findings.fatal());
  }

  @Test
  void neitherTrimsNorExpandsWords() {
    assertEquals(Map.of("ui.title", " \"@file\" "), scan("-ui.title", " \"@file\" ").values());
  }

  @Test
  void takesTheFileWhereverItStands() {
    assertEquals(Optional.of("b"), scan("-cfg", "a", "--", "--cfg=\"b\"").file());
    assertEquals(Optional.of("-v"), scan("-cfg", "-v").file());
    assertFalse(findings.fatal());
  }

  @Test
  void takesAWordInPlaceOfAValueAsTheValue() {
    Arguments arguments = scan("-ui.title", "-v", "-ui.color", "-cfg", "-ui.path", "-h");
    assertEquals(Map.of("ui.title", "-v", "ui.color", "-cfg", "ui.path", "-h"), arguments.values());
    assertFalse(arguments.version());
    assertFalse(arguments.help());
    assertEquals(Optional.empty(), arguments.file());
  }

  @Test
  void findsTheVersionAnywhere() {
    assertTrue(scan("-nope", "-v").version());
    assertTrue(scan("--", "--version").version());
    assertTrue(scan("-h", "-version=T").version());
    assertFalse(scan("-v=false").version());
  }

  @Test
  void reportsEveryMistakeOnce() {
    scan("-uititle", "x", "--=1", "-insecure=maybe", "word", "-proxy.maxconn", "many", "-ui.path");
    assertEquals(
        List.of(
            "flag provided but not defined: -uititle (did you mean -ui.title?)",
            "bad flag syntax: --=1",
            "invalid boolean value \"maybe\" for -insecure: parse error; fits: true or false (also"
                + " 1, t, T, TRUE, True, 0, f, F, ...)",
            "unexpected word \"word\": options start with a dash",
            "invalid value \"many\" for flag -proxy.maxconn: parse error; fits: a whole number such"
                + " as 10, 0x10 or 1_000",
            "flag needs an argument: -ui.path"),
        findings.usageErrors());
  }

  @Test
  void stopsAtHelpAsGoDoes() {
    assertTrue(scan("-h", "-nope", "word").help());
    assertFalse(findings.fatal());
  }

  @Test
  void warnsAboutWordsBehindTheEnd() {
    scan("--", "-ui.title", "x");
    assertEquals(
        List.of("words after the end of the options are not read: -ui.title x"),
        findings.warnings());
  }
}
