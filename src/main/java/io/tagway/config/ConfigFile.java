package io.tagway.config;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The properties file: its keys with their values, references replaced.
 *
 * @param name path or URL
 */
record ConfigFile(String name, Map<String, Entry> entries) {

  /** A value and the line it starts on; of two equal keys the last one counts. */
  record Entry(String value, int line) {}

  static final ConfigFile NONE = new ConfigFile("", Map.of());

  private static final String FITS = "a readable file, or a URL that answers 200 with text/plain";

  /** Reads path or URL; what is wrong with it is found as faults. */
  static ConfigFile read(
      String place, Map<String, String> environment, Fetch fetch, Findings findings) {
    Reading<String> expanded = Expansion.ofEnvironment(place, environment);
    if (expanded instanceof Reading.Unfit<String> bad) {
      complain(place, bad, findings);
      return NONE;
    }
    String name = ((Reading.Value<String>) expanded).value();
    boolean remote = name.startsWith("http://") || name.startsWith("https://");
    Reading<String> text =
        name.isEmpty()
            ? Reading.unfit("invalid or missing path to config file", FITS)
            : remote ? fetch(name, fetch) : open(name);
    if (text instanceof Reading.Unfit<String> bad) {
      complain(name.isEmpty() ? place : name, bad, findings);
      return NONE;
    }
    return parse(name, ((Reading.Value<String>) text).value(), environment, findings);
  }

  private static void complain(String name, Reading.Unfit<?> bad, Findings findings) {
    findings.fault("cfg: " + Quoted.of(name) + ": " + bad.reason() + "; fits: " + bad.fits());
  }

  private static Reading<String> open(String name) {
    try {
      return Reading.of(new String(Files.readAllBytes(Path.of(name)), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Reading.unfit("cannot be read: no such file", FITS);
    } catch (AccessDeniedException e) {
      return Reading.unfit("cannot be read: permission denied", FITS);
    } catch (IOException | InvalidPathException e) {
      return Reading.unfit("cannot be read: " + e.getMessage(), FITS);
    }
  }

  private static Reading<String> fetch(String name, Fetch fetch) {
    try {
      Fetch.Answer answer = fetch.get(URI.create(name));
      if (answer.status() != 200) {
        return Reading.unfit("properties: URL returned " + answer.status(), FITS);
      }
      Optional<Charset> charset = charset(answer.contentType().orElse(""));
      return charset.isEmpty()
          ? Reading.unfit(
              "properties: invalid content type " + answer.contentType().orElse(""),
              "text/plain, alone or with charset utf-8, iso-8859-1 or latin1")
          : Reading.of(charset.get().decode(answer.body()).toString());
    } catch (IOException e) {
      return Reading.unfit(
          "cannot be fetched: " + (e.getMessage() == null ? e.toString() : e.getMessage()), FITS);
    } catch (IllegalArgumentException e) {
      return Reading.unfit("cannot be fetched: not a URL", FITS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reading.unfit("cannot be fetched: interrupted", FITS);
    }
  }

  private static Optional<Charset> charset(String contentType) {
    return switch (contentType.replace(" ", "").toLowerCase(Locale.ROOT)) {
      case "", "text/plain;charset=utf-8" -> Optional.of(StandardCharsets.UTF_8);
      case "text/plain", "text/plain;charset=iso-8859-1", "text/plain;charset=latin1" ->
          Optional.of(StandardCharsets.ISO_8859_1);
      default -> Optional.empty();
    };
  }

  private static ConfigFile parse(
      String name, String text, Map<String, String> environment, Findings findings) {
    PropertiesText.Result result = PropertiesText.parse(text);
    result
        .problems()
        .forEach(
            problem ->
                findings.fault(
                    problem + " (in " + name + "); fits: KEY = VALUE, backslashes doubled"));
    Map<String, String> written = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (PropertiesText.Entry entry : result.entries()) {
      written.put(entry.key(), entry.value());
      lines.put(entry.key(), entry.line());
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    lines.forEach(
        (key, line) -> {
          String value =
              Expansion.ofKey(key, written, environment)
                  .orElse(
                      "",
                      bad ->
                          findings.fault(
                              key
                                  + ": "
                                  + bad.reason()
                                  + " (from "
                                  + Source.line(name, line).words()
                                  + "); fits: "
                                  + bad.fits()));
          entries.put(key, new Entry(value, line));
        });
    return new ConfigFile(name, entries);
  }
}
