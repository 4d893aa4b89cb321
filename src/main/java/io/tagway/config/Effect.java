package io.tagway.config;

/** What comes of setting an option. */
enum Effect {
  /** It does what its row says. */
  NOW,
  /** It is read and checked; what it asks for is not built yet. Setting it warns. */
  LATER,
  /** It is accepted so that old configurations start; it never has an effect. Setting it warns. */
  NEVER
}
