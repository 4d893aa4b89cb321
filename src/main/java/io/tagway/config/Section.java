package io.tagway.config;

/** The headings of the option reference, in its order. */
enum Section {
  PROCESS("Process"),
  LISTENERS("Proxy listeners"),
  PROXY("Proxy"),
  LOG("Logging"),
  METRICS("Metrics"),
  REGISTRY("Registry"),
  CONSUL("Consul"),
  UI("UI and API"),
  BGP("BGP"),
  DEPRECATED("Deprecated");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
