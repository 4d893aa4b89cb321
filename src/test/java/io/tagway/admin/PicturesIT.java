package io.tagway.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tagway.admin.Browser.Tab;
import io.tagway.config.Settings;
import io.tagway.registry.Absent;
import io.tagway.registry.Fault;
import io.tagway.registry.RegistryStatus.State;
import io.tagway.route.Command;
import io.tagway.route.CommandText;
import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.tagway.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Takes the pictures to look at: {@code target/screenshots}. The README shows one of them. */
@Tag("pictures")
class PicturesIT {
  private static final Path FOLDER = Path.of("target", "screenshots");

  private static AdminServer start(Table table) {
    return AdminServer.start(table, AdminServer.ui(true, "", "eu-west", AdminServer.NO_LINK));
  }

  private static Table three() {
    return Tables.of(
        "route add monolith /v1 http://10.4.1.11:9001/",
        "route add v2 /v2 http://10.4.1.12:9002/ tags \"canary\" opts \"strip=/v2\"",
        "route add shop shop.example.com/ https://10.4.3.21:8443/ opts \"proto=https\"");
  }

  static Table shop() {
    Map<String, List<Line>> services = new TreeMap<>();
    for (int i = 1; i <= 3; i++) {
      services.put(
          "v2-" + i,
          List.of(tag(i, "v2", "route add v2 /v2 http://10.4.1.1" + i + ":9002/ tags \"new\"")));
    }
    services.put(
        "monolith", List.of(tag(1, "monolith", "route add monolith /v1 http://10.4.1.11:9001/")));
    services.put(
        "postgres",
        List.of(
            tag(
                4,
                "postgres",
                "route add postgres :5432 tcp://10.4.2.7:5432 tags \"primary\" opts"
                    + " \"proto=tcp\"")));
    for (int i = 1; i <= 2; i++) {
      String share = i == 1 ? "0.9" : "0.1";
      services.put(
          "checkout-" + i,
          List.of(
              tag(
                  i,
                  "checkout",
                  ("route add checkout shop.example.com/checkout https://10.4.3.2%d:8443/ weight %s"
                          + " tags \"%s,team-pay\" opts \"proto=https\"")
                      .formatted(i, share, i == 1 ? "blue" : "green"))));
      services.put(
          "shop-" + i,
          List.of(
              tag(
                  i,
                  "shop",
                  "route add shop shop.example.com/ http://10.4.3.4%d:8080/ tags \"eu,web\""
                      .formatted(i))));
    }
    services.put(
        "assets",
        List.of(
            tag(
                2,
                "assets",
                "route add assets shop.example.com/assets/ http://10.4.3.30:8080/ tags \"cdn\""
                    + " opts \"host=dst strip=/assets\"")));
    Origin override = new Origin(Origin.Kind.OVERRIDE, "fabio/config", "", 3);
    Line redirect =
        new Line(
            Tables.tag(
                    "www",
                    "",
                    "",
                    "route add www www.example.com/ https://shop.example.com$path"
                        + " opts \"redirect=301\"")
                .command(),
            override);
    return Table.of(Tables.OPTIONS, services, List.of(redirect));
  }

  private static Line tag(int node, String service, String command) {
    return Tables.tag(service, "node-" + node, service + "-" + node, command);
  }

  @Test
  void pictures() throws IOException {
    Files.createDirectories(FOLDER);
    try (Browser browser = new Browser();
        AdminServer small = start(three());
        AdminServer middle = start(shop());
        AdminServer large = start(Tables.ofSize(10_000))) {
      middle.stats = Traffic.of(PicturesIT::perSecond, PicturesIT::errors);
      large.stats =
          Traffic.of(target -> 0.2 + Math.floorMod(target.service().hashCode(), 40), x -> 0);
      middle.registry.lack(List.of(absent(3, "shop", "shop.example.com/", "10.4.3.43:8080")));
      middle.registry.faults =
          List.of(
              new Fault(
                  Instant.now().minusSeconds(5400),
                  3,
                  "consul: Error watching checks. connection refused: 127.0.0.1:8500"));
      middle.vitals = Traffic.vitals();
      middle.anycast = Optional.of(Traffic.anycast());
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        String suffix = "-" + scheme.name().toLowerCase(Locale.ROOT);
        take(browser, small, 1280, 420, scheme, "3-routes" + suffix, PicturesIT::isThere);
        take(browser, middle, 1440, 600, scheme, "routes" + suffix, PicturesIT::hasNumbers);
        take(browser, middle, 1280, 600, scheme, "routes-1280" + suffix, PicturesIT::hasNumbers);
        take(browser, large, 1280, 760, scheme, "10000-routes" + suffix, PicturesIT::hasNumbers);
        take(browser, middle, 390, 780, scheme, "phone" + suffix, PicturesIT::hasNumbers);
        take(browser, middle, 1440, 600, scheme, "details" + suffix, PicturesIT::openDetails);
        take(browser, middle, 1280, 760, scheme, "guide" + suffix, PicturesIT::openGuide);
        take(browser, large, 1280, 560, scheme, "filter" + suffix, PicturesIT::filter);
        take(
            browser,
            middle,
            "/routes?sort=-rate",
            1440,
            600,
            scheme,
            "sorted" + suffix,
            PicturesIT::hasNumbers);
        take(browser, middle, "/status", 1280, 800, scheme, "health" + suffix, PicturesIT::isSeen);
        take(
            browser,
            middle,
            "/status",
            390,
            1500,
            scheme,
            "health-phone" + suffix,
            PicturesIT::isSeen);
      }
      middle.registry.find(
          List.of(
              new Problem(
                  new Origin(Origin.Kind.TAG, "billing", "node-2/billing-1", 0),
                  "urlprefix-",
                  "route tag without a source",
                  "host/path, /path, host or :port")));
      middle.registry.become(
          State.STALE, Instant.now().minusSeconds(75), "connection refused: 127.0.0.1:8500");
      take(browser, middle, 1280, 560, ColorScheme.LIGHT, "stale", PicturesIT::openProblems);
      take(browser, middle, 390, 780, ColorScheme.DARK, "stale-phone", PicturesIT::isThere);
      take(
          browser,
          small,
          1280,
          420,
          ColorScheme.LIGHT,
          "lost",
          page -> {
            isThere(page);
            small.stopListening();
            assertThat(page.locator("#state")).hasText("Lost");
          });
    }
    assertTrue(Files.size(FOLDER.resolve("routes-light.png")) < 150_000);
  }

  private static void take(
      Browser browser,
      AdminServer server,
      int width,
      int height,
      ColorScheme scheme,
      String name,
      Consumer<Page> before) {
    take(browser, server, "/routes", width, height, scheme, name, before);
  }

  private static void take(
      Browser browser,
      AdminServer server,
      String path,
      int width,
      int height,
      ColorScheme scheme,
      String name,
      Consumer<Page> before) {
    try (Tab tab = browser.open(server.url(path), width, height, scheme)) {
      before.accept(tab.page());
      tab.page().screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
    }
  }

  private static double perSecond(Target target) {
    return switch (target.service()) {
      case "monolith" -> 41.3;
      case "v2" -> 12.4;
      case "checkout" -> 260 * target.weight();
      case "shop" -> 118;
      case "assets" -> 1432;
      default -> 0;
    };
  }

  private static double errors(Target target) {
    return target.destination().contains("10.4.3.22") ? 0.031 : 0;
  }

  private static Absent absent(int node, String service, String source, String address) {
    Line line = tag(node, service, "route add shop " + source + " http://" + address + "/");
    return new Absent(
        (Command.Add) line.command(), line.origin(), "check " + service + "-http is critical");
  }

  private static void isThere(Page page) {
    assertThat(page.locator(".counts")).containsText("routes");
  }

  /** The second look has rates. */
  private static void hasNumbers(Page page) {
    assertThat(
            page.locator(".canvas .rate")
                .filter(new Locator.FilterOptions().setHasText("1"))
                .first())
        .isVisible();
  }

  private static void isSeen(Page page) {
    assertThat(page.locator(".cards")).containsText("Certificates");
  }

  private static void openGuide(Page page) {
    page.locator(".help").click();
    assertThat(page.locator("#drawer")).isVisible();
  }

  @Test
  void overridesAndHistory() throws IOException {
    Files.createDirectories(FOLDER);
    Settings.Ui ui = AdminServer.ui(false, "", "eu-west", AdminServer.NO_LINK);
    try (Browser browser = new Browser();
        AdminServer server = AdminServer.start(Tables.of(), ui)) {
      remember(server);
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        String suffix = "-" + scheme.name().toLowerCase(Locale.ROOT);
        view(browser, server, 1280, 620, scheme, "manual", "overrides" + suffix, PicturesIT::edit);
        view(
            browser,
            server,
            390,
            780,
            scheme,
            "manual",
            "overrides-phone" + suffix,
            PicturesIT::edit);
        view(
            browser,
            server,
            1280,
            620,
            scheme,
            "manual",
            "conflict" + suffix,
            page -> lose(server, page));
        view(browser, server, 1280, 760, scheme, "history", "history" + suffix, page -> {});
        view(browser, server, 390, 780, scheme, "history", "history-phone" + suffix, page -> {});
      }
    }
  }

  /** A router that has seen a deploy, an override and a bad tag. */
  private static void remember(AdminServer server) {
    Problem bad =
        new Problem(
            new Origin(Origin.Kind.TAG, "billing", "node-2/billing-1", 0),
            "urlprefix-",
            "route tag without a source",
            "host/path, /path, host or :port");
    Problem mended =
        new Problem(
            new Origin(Origin.Kind.OVERRIDE, "fabio/config", "", 4),
            "route ad sorry /",
            "syntax error: 'route add' invalid",
            "route add <service> <source> <destination>");
    server.registry.find(List.of(bad, mended));
    after(server, 1, shop());
    after(
        server,
        2,
        server
            .registry
            .table()
            .get()
            .withServices(
                Map.of(
                    "v2-1",
                    List.of(
                        tag(1, "v2", "route add v2 /v2 http://10.4.1.31:9002/ tags \"new\"")))));
    server.registry.find(List.of(bad));
    Origin override = new Origin(Origin.Kind.OVERRIDE, "fabio/config", "", 0);
    after(
        server,
        3,
        server
            .registry
            .table()
            .get()
            .withManual(
                CommandText.parse(
                        """
                        route weight checkout shop.example.com/checkout weight 0.5 tags "blue"
                        route del assets
                        """,
                        override)
                    .lines()));
    server.registry.overrides().write("", TEXT, 0).await();
    server.registry.overrides().write("/maintenance", "# nothing", 0).await();
  }

  private static void after(AdminServer server, int changes, Table table) {
    server.registry.swap(table);
    Eventually.soon(
        "remembered",
        () -> {
          try {
            return server.ask("GET", "/api/history").body().contains("\"id\":" + changes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static final String TEXT =
      """
      # Canary of checkout: ask team-pay before changing
      route weight checkout shop.example.com/checkout weight 0.5 tags "blue"

      route add www www.example.com/ https://shop.example.com$path opts "redirect=301"
      """;

  private static void edit(Page page) {
    assertThat(page.locator(".check h2")).containsText("Every line");
    page.locator("textarea")
        .fill(
            TEXT
                + "\n# Maintenance\nroute del shop shop.example.com/\n"
                + "route ad sorry shop.example.com/ http://10.4.9.9:80/\n"
                + "route weight search shop.example.com/search weight 0.2\n");
    assertThat(page.locator(".check h2")).containsText("1 line cannot");
  }

  private static void lose(AdminServer server, Page page) {
    assertThat(page.locator(".check h2")).containsText("Every line");
    page.locator("textarea").fill(TEXT + "\nroute del assets\n");
    assertThat(page.locator(".against")).containsText("Against");
    long version = server.registry.overrides().read("").await().version();
    server.registry.overrides().write("", TEXT + "# somebody was here", version).await();
    page.locator(".save").click();
    assertThat(page.locator(".notice pre")).isVisible();
    version = server.registry.overrides().read("").await().version();
    server.registry.overrides().write("", TEXT, version).await();
  }

  private static void view(
      Browser browser,
      AdminServer server,
      int width,
      int height,
      ColorScheme scheme,
      String path,
      String name,
      Consumer<Page> before) {
    try (Tab tab = browser.open(server.url("/" + path), width, height, scheme)) {
      assertThat(tab.page().locator("#state")).hasText("Live");
      before.accept(tab.page());
      tab.page().screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
    }
  }

  private static void openDetails(Page page) {
    hasNumbers(page);
    page.locator(".canvas .row")
        .filter(new Locator.FilterOptions().setHasText("10.4.3.22"))
        .click();
    assertThat(page.locator("#drawer")).isVisible();
  }

  private static void filter(Page page) {
    isThere(page);
    page.keyboard().press("/");
    page.keyboard().type("host-003 team-5");
    assertThat(page.locator(".counts")).containsText(" of ");
  }

  private static void openProblems(Page page) {
    isThere(page);
    page.locator("#problems").click();
    assertThat(page.locator("#drawer")).isVisible();
  }
}
