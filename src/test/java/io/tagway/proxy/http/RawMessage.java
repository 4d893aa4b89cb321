package io.tagway.proxy.http;

import java.util.ArrayList;
import java.util.List;

/** A request or an answer as it was on the wire; one character for each byte. */
record RawMessage(
    String start, List<Line> headers, String body, List<Line> trailers, boolean complete) {
  /** One header line. */
  record Line(String name, String value) {}

  static RawMessage head(String text) {
    String[] lines = text.split("\r\n", -1);
    List<Line> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      headers.add(line(lines[i]));
    }
    return new RawMessage(lines[0], headers, "", List.of(), true);
  }

  static Line line(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Line(text, "")
        : new Line(text.substring(0, colon), text.substring(colon + 1).trim());
  }

  RawMessage with(String newBody, List<Line> newTrailers, boolean isComplete) {
    return new RawMessage(start, headers, newBody, newTrailers, isComplete);
  }

  static List<String> all(List<Line> lines, String name) {
    return lines.stream()
        .filter(line -> line.name().equalsIgnoreCase(name))
        .map(Line::value)
        .toList();
  }

  List<String> all(String name) {
    return all(headers, name);
  }

  /** The first value; empty if there is none. */
  String first(String name) {
    return all(name).stream().findFirst().orElse("");
  }

  int status() {
    return Integer.parseInt(word(1));
  }

  String word(int index) {
    String[] words = start.split(" ", 3);
    return index < words.length ? words[index] : "";
  }
}
