package io.tagway.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.tagway.admin.Browser.Tab;
import io.tagway.registry.RegistryUnderTest;
import io.tagway.testkit.ConsulProcess;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The editor of the overrides against a real Consul. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverridesPageIT {
  private static final String OURS = "route add sorry shop.example.com/ http://10.0.0.9:80/";

  private final Browser browser = new Browser();
  private final ConsulProcess consul = ConsulProcess.dev();
  private RegistryUnderTest registry;
  private AdminServer server;

  @BeforeEach
  void serve() {
    consul.deleteKv("fabio/config?recurse");
    registry = RegistryUnderTest.consul(consul);
    server = AdminServer.over(registry.registry());
  }

  @AfterEach
  void end() {
    server.close();
    registry.close();
  }

  @AfterAll
  void stop() {
    consul.close();
    browser.close();
  }

  private static Locator text(Page page) {
    return page.getByLabel("Route commands", new Page.GetByLabelOptions().setExact(true));
  }

  private static Locator button(Page page, String name) {
    return page.locator(".manual button", new Page.LocatorOptions().setHasText(name));
  }

  private String stored(String key) {
    JsonObject pair =
        new io.vertx.core.json.JsonArray(consul.get("/v1/kv/" + key)).getJsonObject(0);
    return new String(
        java.util.Base64.getDecoder().decode(pair.getString("Value")),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void whatIsSavedIsInConsulAndInTheTable() {
    try (Tab tab = browser.open(server.url("/manual"))) {
      Page page = tab.page();
      assertThat(page.locator(".check")).containsText("Every line can be read");
      text(page).fill(OURS);
      assertThat(page.locator(".effect")).containsText("+1");
      assertThat(page.locator(".effect li.come")).containsText("http://10.0.0.9:80/");
      page.keyboard().press("Control+s");
      assertThat(page.locator(".notice")).containsText("Saved.");
      assertEquals(OURS, stored("fabio/config"));
      assertThat(page.locator(".effect")).containsText("This is what the table has.");
      page.locator("#views a").getByText("Routes").click();
      assertThat(page.locator(".canvas > .row:not([hidden])")).containsText("10.0.0.9");
      tab.assertCalm();
    }
  }

  @Test
  void badLinesAreMarkedAndCannotBeSaved() {
    try (Tab tab = browser.open(server.url("/manual"))) {
      Page page = tab.page();
      text(page).fill("# fine\nroute ad x\n" + OURS + "\nroute weight nobody /n weight 0.5");
      assertThat(page.locator(".line-numbers .error")).hasText("2");
      assertThat(page.locator(".line-numbers .warning")).hasText("4");
      assertThat(page.locator(".check h2")).hasText("1 line cannot be saved");
      assertThat(page.locator(".check .error")).containsText("What would fit: route add");
      assertThat(text(page)).hasAttribute("aria-invalid", "true");
      assertThat(button(page, "Save")).isDisabled();
      page.locator(".check").getByText("Line 2").click();
      assertThat(text(page)).isFocused();
      page.keyboard().type("# mended");
      assertThat(page.locator(".check h2")).hasText("1 line without effect at the moment");
      assertThat(button(page, "Save")).isEnabled();
      button(page, "Save").click();
      assertThat(page.locator(".notice")).containsText("Saved.");
      assertTrue(stored("fabio/config").startsWith("# fine\n# mended\n"));
      tab.assertCalm();
    }
  }

  @Test
  void aConflictLosesNothing() {
    consul.kv("fabio/config", "# one");
    try (Tab tab = browser.open(server.url("/manual"))) {
      Page page = tab.page();
      assertThat(text(page)).hasValue("# one");
      text(page).fill("# mine\n" + OURS);
      consul.kv("fabio/config", "# theirs");
      assertThat(button(page, "Save")).isEnabled();
      button(page, "Save").click();
      assertThat(page.locator(".notice")).containsText("somebody else has stored version");
      assertThat(page.locator(".notice pre")).hasText("# theirs");
      assertThat(text(page)).hasValue("# mine\n" + OURS);
      assertEquals("# theirs", stored("fabio/config"));
      assertThat(page.locator(".against .gone")).containsText("# theirs");
      button(page, "Take theirs").click();
      assertThat(text(page)).hasValue("# theirs");
      button(page, "Back to mine").click();
      assertThat(text(page)).hasValue("# mine\n" + OURS);
      button(page, "Save").click();
      assertThat(page.locator(".notice")).containsText("Saved.");
      assertEquals("# mine\n" + OURS, stored("fabio/config"));
      // The browser itself complains of every 409.
      assertEquals(1, tab.complaints().size(), tab.complaints().toString());
    }
  }

  @Test
  void keysAreMadeChosenAndEmptied() {
    consul.kv("fabio/config", "# default");
    consul.kv("fabio/config/b", "# b");
    try (Tab tab = browser.open(server.url("/manual/b"))) {
      Page page = tab.page();
      assertThat(text(page)).hasValue("# b");
      assertThat(page.locator("select.key option")).hasText(new String[] {"default", "/b"});
      button(page, "New key").click();
      page.getByLabel("Name of the new key").fill("maint");
      page.keyboard().press("Enter");
      assertThat(page).hasURL(Pattern.compile(".*/manual/maint$"));
      assertThat(page.locator(".tools .counts")).hasText("New key");
      text(page).fill(OURS);
      button(page, "Save").click();
      assertThat(page.locator(".notice")).containsText("Saved.");
      assertEquals(OURS, stored("fabio/config/maint"));
      text(page).fill("");
      assertThat(page.locator(".effect")).containsText("−1");
      button(page, "Save").click();
      assertThat(page.locator(".tools .counts")).containsText("Version");
      page.locator("select.key").selectOption("");
      assertThat(text(page)).hasValue("# default");
      page.goBack();
      assertThat(page).hasURL(Pattern.compile(".*/manual/maint$"));
      assertThat(text(page)).hasValue("");
      tab.assertCalm();
    }
  }

  @Test
  void aBadNameCanBeMended() {
    try (Tab tab = browser.open(server.url("/manual"))) {
      Page page = tab.page();
      button(page, "New key").click();
      Locator name = page.getByLabel("Name of the new key");
      name.fill("not a name");
      name.press("Enter");
      assertThat(name).isVisible();
      name.fill("a-name");
      name.press("Enter");
      assertThat(page).hasURL(Pattern.compile(".*/manual/a-name$"));
      tab.assertCalm();
    }
  }

  @Test
  void aRefusalIsNoFailureOfTheNetwork() {
    try (Tab tab = browser.open(server.url("/api/version"))) {
      Page page = tab.page();
      page.route(
          "**/api/token",
          route -> route.fulfill(new Route.FulfillOptions().setStatus(403).setBody("Forbidden\n")));
      page.navigate(server.url("/manual"));
      assertThat(page.locator(".check")).containsText("cannot be checked: Forbidden");
      text(page).fill(OURS);
      button(page, "Save").click();
      assertThat(page.locator(".notice")).containsText("Tagway refused it (Forbidden)");
      assertThat(text(page)).hasValue(OURS);
    }
  }

  @Test
  void whatOthersStoreIsSeenBeforeSaving() {
    consul.kv("fabio/config", OURS + "\r\n# one\r\n");
    try (Tab tab = browser.open(server.url("/manual"))) {
      Page page = tab.page();
      assertThat(text(page)).hasValue(OURS + "\n# one");
      assertThat(button(page, "Revert")).isDisabled();
      consul.kv("fabio/config", OURS.replace("10.0.0.9", "10.0.0.8"));
      assertThat(text(page)).hasValue(OURS.replace("10.0.0.9", "10.0.0.8"));
      text(page).fill("# mine");
      consul.kv("fabio/config", OURS);
      assertThat(page.locator(".notice"))
          .containsText(Pattern.compile("Version \\d+ has been stored meanwhile"));
      assertThat(text(page)).hasValue("# mine");
      assertThat(page.locator(".against .gone")).containsText("10.0.0.9");
      consul.deleteKv("fabio/config");
      assertThat(page.locator(".notice")).containsText("has been deleted meanwhile");
      assertThat(page.locator(".against li")).hasText("+added: # mine");
      tab.assertCalm();
    }
  }

  @Test
  void unsavedTextSurvivesOtherViewsAndLeavingIsWarnedOf() {
    consul.kv("fabio/config", "# one");
    try (Tab tab = browser.open(server.url("/manual"))) {
      Page page = tab.page();
      assertThat(text(page)).hasValue("# one");
      text(page).click();
      page.keyboard().press("Control+End");
      page.keyboard().type("\n# typed");
      page.locator("#views a").getByText("History").click();
      page.locator("#views a").getByText("Overrides").click();
      assertThat(text(page)).hasValue("# one\n# typed");
      List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
      page.onDialog(
          dialog -> {
            asked.add(dialog.type());
            dialog.accept();
          });
      page.reload();
      assertEquals(List.of("beforeunload"), asked);
      assertThat(text(page)).hasValue("# one");
      tab.assertCalm();
    }
  }

  @Test
  void readOnlyHasNoEditor() {
    try (AdminServer closed = AdminServer.start(Tables.of(), AdminServer.ui(true, ""));
        Tab tab = browser.open(closed.url("/routes"))) {
      assertThat(tab.page().locator("#views a"))
          .hasText(new String[] {"Routes", "Try", "History", "Health"});
      assertEquals(403, tab.page().navigate(closed.url("/manual")).status());
    }
  }
}
