package io.tagway.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.tagway.admin.Browser.Tab;
import io.tagway.config.Settings.AuthScheme;
import io.tagway.route.Origin;
import io.tagway.route.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What happened, as it is seen; and the page behind a login. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryPageIT {
  private final Browser browser = new Browser();
  private AdminServer server = AdminServer.start(Tables.ofSize(30));

  @AfterEach
  void fresh() {
    server.close();
    server = AdminServer.start(Tables.ofSize(30));
  }

  @AfterAll
  void stop() {
    server.close();
    browser.close();
  }

  private void move(int service, int address) {
    String name = "svc-%05d".formatted(service);
    server.registry.swap(
        server
            .registry
            .table()
            .get()
            .withServices(Map.of(name, List.of(Tables.line(name, service, address)))));
  }

  private String remembered(Page page) {
    return page.request().get(server.url("/api/history")).text();
  }

  private static Locator changes(Page page) {
    return page.locator(".changes > li");
  }

  @Test
  void aChangeAppearsWithItsLines() {
    try (Tab tab = browser.open(server.url("/history"))) {
      Page page = tab.page();
      assertThat(page.locator(".nothing")).containsText("has not changed");
      move(3, 77);
      assertThat(changes(page)).hasCount(1);
      assertThat(changes(page).nth(0)).containsText("service svc-00003");
      assertThat(changes(page).nth(0).locator(".gone").last()).containsText("10.0.3.3:8080");
      assertThat(changes(page).nth(0).locator(".come").last()).containsText("10.0.3.77:8080");
      assertThat(page.locator(".history .counts")).hasText("1 change");
      tab.assertCalm();
    }
  }

  @Test
  void whatChangedBeforeTheFirstContactIsNotMissed() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      List<Route> held = new ArrayList<>();
      page.route("**/api/events", held::add);
      page.navigate(server.url("/history"));
      assertThat(page.locator(".nothing")).containsText("has not changed");
      move(3, 77);
      // It is told to those who listen when it is written down.
      page.waitForCondition(() -> remembered(page).contains("svc-00003"));
      page.waitForCondition(() -> !held.isEmpty());
      held.forEach(Route::resume);
      assertThat(changes(page)).hasCount(1);
      tab.assertCalm();
    }
  }

  @Test
  void aBadTagIsShownUntilItIsMended() {
    Origin origin = new Origin(Origin.Kind.TAG, "billing", "node-2/billing-1", 0);
    Problem problem = new Problem(origin, "urlprefix-x", "no slash in it", "urlprefix-/x");
    try (Tab tab = browser.open(server.url("/history"))) {
      Page page = tab.page();
      server.registry.find(List.of(problem));
      assertThat(page.locator(".found h2")).hasText("1 problem");
      assertThat(page.locator(".found li")).containsText("instance billing-1 on node node-2");
      assertThat(page.locator(".found li")).containsText("What would fit: urlprefix-/x");
      server.registry.find(List.of());
      assertThat(page.locator(".found h2")).hasText("Problems, all mended");
      assertThat(page.locator(".found .mended")).containsText("✓ Mended");
      tab.assertCalm();
    }
  }

  @Test
  void changesAreFilteredAndHaveAddresses() {
    try (Tab tab = browser.open(server.url("/history"))) {
      Page page = tab.page();
      for (int i = 1; i <= 3; i++) {
        move(i, 88);
        assertThat(changes(page)).hasCount(i);
      }
      page.keyboard().press("/");
      page.keyboard().type("SVC-00002");
      assertThat(changes(page)).hasCount(1);
      assertThat(page.locator(".history .counts")).hasText("1 of 3 changes");
      assertThat(page).hasURL(Pattern.compile(".*/history\\?filter=SVC-00002$"));
      changes(page).nth(0).locator(".when").click();
      assertThat(page).hasURL(Pattern.compile(".*/history/2\\?filter=SVC-00002$"));
      page.navigate(server.url("/history/1"));
      assertThat(changes(page)).hasCount(3);
      assertThat(page.locator(".wanted")).containsText("svc-00001");
      page.navigate(server.url("/history/99"));
      assertThat(page.locator(".nothing")).containsText("Change 99 is not remembered");
      tab.assertCalm();
    }
  }

  @Test
  void tagsAreText() {
    try (Tab tab = browser.open(server.url("/history"))) {
      server.registry.swap(
          Tables.of("route add <b>x /x http://10.0.0.1:80/ tags \"<img src=x onerror=alert(1)>\""));
      assertThat(changes(tab.page())).containsText("<img src=x onerror=alert(1)>");
      tab.assertCalm();
    }
  }

  @Test
  void behindALoginThePageWorksAndWrites(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("ui.htpasswd");
    Files.writeString(file, "alice:{PLAIN}open sesame\n");
    server.close();
    server =
        AdminServer.start(
            Tables.ofSize(3),
            AdminServer.ui(
                new AuthScheme("ui", "basic", file.toString(), "Tagway", Duration.ZERO)));
    try (BrowserContext stranger = browser.chromium().newContext()) {
      assertEquals(401, stranger.request().get(server.url("/routes")).status());
    }
    try (BrowserContext alice =
        browser
            .chromium()
            .newContext(
                new com.microsoft.playwright.Browser.NewContextOptions()
                    .setHttpCredentials("alice", "open sesame"))) {
      Page page = alice.newPage();
      page.navigate(server.url("/manual"));
      assertThat(page.locator("#state")).hasText("Live");
      page.locator("textarea").fill("# by alice");
      page.locator(".save").click();
      assertThat(page.locator(".notice")).containsText("Saved.");
      assertEquals("# by alice", server.registry.overrides().read("").await().value());
    }
  }
}
