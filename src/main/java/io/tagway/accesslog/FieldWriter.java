package io.tagway.accesslog;

/** Writes one part of a line. */
@FunctionalInterface
interface FieldWriter {
  void write(Entry entry, LineBytes to);
}
