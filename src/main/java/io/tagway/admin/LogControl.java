package io.tagway.admin;

import java.util.List;

/** The log of the process, as far as it can be changed while it runs. */
public interface LogControl {
  /** The name of the level in use; any thread. */
  String level();

  /** The names of all levels, the one that writes most first. */
  List<String> levels();

  /** Changes the level until the process ends or it is changed again; any thread. */
  void setLevel(String name);
}
