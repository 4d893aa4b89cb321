package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.registry.RegistryStatus.State;
import io.tagway.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRegistryIT {
  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private Path dir;

  private RegistryUnderTest started(String... more) {
    RegistryUnderTest registry = registry(more);
    registry.start();
    return registry;
  }

  private RegistryUnderTest registry(String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("-registry.backend=file", "-registry.file.path=" + dir.resolve("routes")));
    arguments.addAll(List.of(more));
    return RegistryUnderTest.of(arguments.toArray(String[]::new));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(dir.resolve(name), text);
  }

  @Test
  void follows_a_file_that_is_written_to_or_replaced() throws IOException {
    write("routes", "route add a /a http://h:1/");
    try (RegistryUnderTest registry = started()) {
      assertEquals(List.of("route add a /a http://h:1/"), registry.lines());
      write("routes", "route add a /a http://h:2/"); // as long as before, perhaps in the same tick
      registry.awaitDestinations("/a", "http://h:2/");
      write("routes.new", "route add a /a http://h:3/");
      Files.move(
          dir.resolve("routes.new"), dir.resolve("routes"), StandardCopyOption.REPLACE_EXISTING);
      registry.awaitDestinations("/a", "http://h:3/");
    }
  }

  @Test
  void a_bad_line_is_a_problem_and_the_others_stay() throws IOException {
    write("routes", "route add a /a http://h:1/\nroute ad b /b http://h:2/");
    try (RegistryUnderTest registry = started()) {
      registry.awaitDestinations("/a", "http://h:1/");
      assertEquals(2, registry.registry().problems().get(0).origin().line());
    }
  }

  @Test
  void a_file_that_vanishes_leaves_its_routes_and_is_followed_when_it_is_back() throws IOException {
    write("routes", "route add a /a http://h:1/");
    try (RegistryUnderTest registry = started()) {
      Files.delete(dir.resolve("routes"));
      registry.awaitState(State.STALE);
      registry.awaitDestinations("/a", "http://h:1/");
      assertTrue(registry.registry().status().lastError().contains("no such file"));
      write("routes", "route add b /b http://h:1/");
      registry.awaitDestinations("/b", "http://h:1/");
      registry.awaitDestinations("/a");
      registry.awaitState(State.CURRENT);
    }
  }

  @Test
  void the_order_of_a_file_counts() throws IOException {
    write(
        "routes",
        "route add a /a http://h:1/\nroute del a\nroute add b /b http://h:2/\n"
            + "route weight b /b weight 0.25");
    try (RegistryUnderTest registry = started()) {
      assertEquals(List.of("route add b /b http://h:2/ weight 0.2500"), registry.lines());
    }
  }

  @Test
  void the_noroute_page_is_optional_and_followed() throws IOException {
    write("routes", "");
    write("page", "<b>none</b>");
    try (RegistryUnderTest without = started();
        RegistryUnderTest with = started("-registry.file.noroutehtmlpath=" + dir.resolve("page"))) {
      assertEquals("", without.registry().noRouteHtml().get());
      assertEquals("<b>none</b>", with.registry().noRouteHtml().get());
      write("page", "<i>nothing</i>");
      Eventually.soon(
          "the page is new", () -> with.registry().noRouteHtml().get().equals("<i>nothing</i>"));
    }
  }

  @Test
  void a_file_that_is_not_there_at_the_start_is_waited_for_and_then_given_up() throws IOException {
    try (RegistryUnderTest registry = registry("-registry.timeout=200ms", "-registry.retry=20ms")) {
      assertThrows(IllegalStateException.class, registry::start);
    }
    try (RegistryUnderTest registry = registry("-registry.retry=20ms")) {
      var started = registry.registry().start();
      write("routes", "route add a /a http://h:1/");
      RegistryUnderTest.done(started, Duration.ofSeconds(5));
      registry.awaitDestinations("/a", "http://h:1/");
    }
  }

  @Test
  void a_static_text_is_a_registry_that_never_changes_and_takes_no_overrides() {
    try (RegistryUnderTest registry =
        RegistryUnderTest.of(
            "-registry.backend=static",
            "-registry.static.routes=route add a /a http://h:1/",
            "-registry.static.noroutehtml=<p>no")) {
      registry.start();
      assertEquals(List.of("route add a /a http://h:1/"), registry.lines());
      assertEquals("<p>no", registry.registry().noRouteHtml().get());
      assertEquals(State.CURRENT, registry.registry().status().state());
      Overrides overrides = registry.registry().overrides();
      assertEquals(false, RegistryUnderTest.done(overrides.write("", "x", 0)));
      assertEquals(new Overrides.Text("", 0), RegistryUnderTest.done(overrides.read("")));
    }
  }
}
