package io.tagway.route;

import org.jspecify.annotations.Nullable;

/**
 * The source of a command, read once for all instances that announce it.
 *
 * @param host null if the source cannot be used
 * @param glob the path as a pattern; null unless the matcher is glob
 * @param unfit why the source cannot be used; null if it can
 */
record Place(Source source, @Nullable HostKey host, @Nullable Glob glob, @Nullable Unfit unfit) {
  static Place of(String text, Table.Options options) {
    Source source = Source.of(text);
    try {
      if (text.isEmpty()) {
        throw new Unfit("route: prefix must not be empty", "host/path, /path, host or :port");
      }
      HostKey host = HostKey.of(source.host(), options.hostGlobs());
      boolean globs = options.matcher() == PathMatcher.GLOB;
      return new Place(source, host, globs ? Glob.of(source.path()) : null, null);
    } catch (Unfit unfit) {
      return new Place(source, null, null, unfit);
    }
  }
}
