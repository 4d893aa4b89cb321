package io.tagway.admin;

import io.tagway.config.Settings;
import java.util.Locale;

/** What the page has to know of the settings, handed over inside its HTML. */
final class PageSettings {
  private PageSettings() {}

  static String json(Settings.Ui ui, Settings.Routing routing, String version) {
    StringBuilder out = new StringBuilder();
    TableJson.text(out.append('{'), "title", ui.title());
    TableJson.text(out.append(','), "color", ui.color());
    TableJson.text(out.append(','), "version", version);
    out.append(",\"readOnly\":").append(ui.readOnly());
    out.append(",\"heartbeatMillis\":").append(LiveTable.HEARTBEAT_MILLIS);
    TableJson.text(out.append(','), "strategy", word(routing.strategy()));
    TableJson.text(out.append(','), "matcher", word(routing.matcher()));
    out.append(",\"hostGlobs\":").append(routing.hostGlobs());
    sourceLink(out.append(",\"sourceLink\":"), ui.sourceLink());
    return out.append('}').toString();
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static void sourceLink(StringBuilder out, Settings.SourceLink link) {
    if (!link.enabled()) {
      out.append("null");
      return;
    }
    TableJson.text(out.append('{'), "scheme", link.scheme());
    TableJson.text(out.append(','), "host", link.host());
    TableJson.text(out.append(','), "port", link.port());
    out.append(",\"newTab\":").append(link.newTab()).append('}');
  }
}
