package io.tagway.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.tagway.admin.Browser.Tab;
import io.tagway.registry.Fault;
import io.tagway.registry.RegistryStatus.State;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthPageIT {
  private final Browser browser = new Browser();
  private AdminServer server;

  @BeforeEach
  void serve() {
    server = AdminServer.start(Tables.of("route add a /a http://10.0.0.1:80/"));
    server.vitals = Traffic.vitals();
  }

  @AfterEach
  void end() {
    server.close();
  }

  @AfterAll
  void stop() {
    browser.close();
  }

  private static Locator card(Page page, String title) {
    return page.locator(".card[aria-label='" + title + "']");
  }

  private static LocatorAssertions.ContainsTextOptions within(int millis) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(millis);
  }

  @Test
  void everythingIsTold() {
    server.registry.faults =
        List.of(new Fault(Instant.now().minusSeconds(90), 3, "consul: <b>refused</b>"));
    try (Tab tab = browser.open(server.url("/status"))) {
      Page page = tab.page();
      assertThat(card(page, "Registry")).containsText("current");
      assertThat(card(page, "Registry")).containsText("1 route, 1 target");
      assertThat(card(page, "Registry")).containsText("consul: <b>refused</b>");
      assertThat(card(page, "Registry")).containsText(Pattern.compile("1 min 3\\d s ago, 3 times"));
      assertThat(card(page, "Router")).containsText("0.1.0");
      assertThat(card(page, "Router")).containsText("4 d 4 h");
      assertThat(card(page, "Event loops")).containsText("3.1 ms");
      assertThat(card(page, "Memory")).containsText("61 MiB of 256 MiB");
      assertThat(card(page, "Listeners")).containsText("1 not open");
      assertThat(card(page, "Listeners").locator("tbody tr")).hasCount(4);
      Locator certificates = card(page, "Certificates").locator("tbody tr");
      assertThat(certificates).hasCount(3);
      assertThat(certificates.nth(0)).hasClass("ended");
      assertThat(certificates.nth(0)).containsText("ended 3 d ago");
      assertThat(certificates.nth(1)).hasClass("soon");
      assertThat(certificates.nth(1)).containsText("in 9 days");
      assertThat(certificates.nth(2)).containsText("in 61 days");
      assertThat(certificates.nth(2)).containsText("Example Issuing CA 2");
      assertThat(card(page, "BGP")).hasCount(0);
      tab.assertCalm();
    }
  }

  @Test
  void itFollowsWhatHappensWhileItIsSeenAndAsksForNothingOtherwise() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      assertThat(page.locator(".counts")).hasText("1 route, 1 target, 1 service");
      page.evaluate(
          "() => { const f = window.fetch; window.asked = 0; window.fetch = (a, ...b) =>"
              + " { window.asked += a === 'api/health'; return f(a, ...b); }; }");
      page.locator("#views").getByText("Health").click();
      assertThat(card(page, "Registry")).containsText("current");
      server.registry.become(State.STALE, Instant.now().minusSeconds(75), "refused");
      assertThat(card(page, "Registry")).containsText("stale");
      page.locator("#views").getByText("Routes").click();
      Object asked = page.evaluate("window.asked");
      // Longer than the pause between two questions.
      server.registry.swap(Tables.of("route add b /b http://10.0.0.1:80/"));
      assertThat(page.locator(".change")).containsText("4 s ago", within(30_000));
      assertEquals(asked, page.evaluate("window.asked"));
      tab.assertCalm();
    }
  }

  @Test
  void peersOfBgpAreTold() {
    server.anycast = Optional.of(Traffic.anycast());
    try (Tab tab = browser.open(server.url("/status"))) {
      Locator bgp = card(tab.page(), "BGP");
      assertThat(bgp).containsText("1 of 2 peers up");
      assertThat(bgp).containsText("10.9.9.9/32");
      assertThat(bgp.locator("tbody tr").nth(1)).hasClass("unwell");
      assertThat(bgp.locator("tbody tr").nth(1)).containsText("connection refused");
      tab.assertCalm();
    }
  }

  @Test
  void whenTagwayDoesNotAnswerTheLastStateStaysWithAWord() {
    try (Tab tab = browser.open(server.url("/status"))) {
      Page page = tab.page();
      assertThat(card(page, "Registry")).containsText("current");
      server.stopListening();
      assertThat(page.locator(".failure")).isVisible();
      assertThat(card(page, "Registry")).containsText("current");
    }
  }

  @Test
  void aPhoneNeedsNoSidewaysScrolling() {
    try (Tab tab = browser.open(server.url("/status"), 360, 700, ColorScheme.DARK)) {
      Page page = tab.page();
      assertThat(card(page, "Certificates")).containsText("in 61 days");
      assertEquals(
          0,
          page.evaluate(
              "Math.max(...['html', '.bar', '.health'].map((each) => { const e ="
                  + " document.querySelector(each); return e.scrollWidth - e.clientWidth; }))"));
      tab.assertCalm();
    }
  }

  @Test
  void theEndpointIsForScriptsToo() throws IOException {
    JsonObject health = new JsonObject(server.ask("GET", "/api/health").body());
    assertEquals("current", health.getJsonObject("registry").getString("state"));
    assertEquals(4, health.getJsonArray("listeners").size());
    JsonObject certificate = health.getJsonArray("certificates").getJsonObject(1);
    assertEquals("shop.example.com", certificate.getJsonArray("names").getString(0));
    assertEquals(9, certificate.getLong("leftSeconds") / 86_400);
    assertEquals(0.0031, health.getJsonArray("loopLagSeconds").getDouble(1));
    assertEquals(61L << 20, health.getJsonObject("memory").getLong("heapBytes"));
  }
}
