package io.tagway.metrics;

import io.tagway.route.Target;

/**
 * What tells the series of routes apart.
 *
 * @param target the destination as text
 */
record RouteKey(String service, String host, String path, String target) {
  static RouteKey of(Target target) {
    return new RouteKey(
        target.service(), target.route().host(), target.route().path(), target.destination());
  }

  String[] values() {
    return new String[] {service, host, path, target};
  }
}
