package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Names and tags that somebody else has chosen. */
class UnbrokenTest {
  @Test
  void namesDoNotEndEarly() {
    assertEquals("a_b_c_d_e_f", Unbroken.name("a b:c|d@e\nf"));
    assertEquals("svc-a.a_test./x", Unbroken.name("svc-a.a_test./x"));
  }

  @Test
  void tagsKeepTheirUrls() {
    assertEquals("http://10.0.0.1:80/", Unbroken.tag("http://10.0.0.1:80/"));
    assertEquals("a_b_c_d", Unbroken.tag("a,b|c\nd"));
  }
}
