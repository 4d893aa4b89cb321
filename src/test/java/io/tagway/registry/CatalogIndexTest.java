package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.registry.CatalogReads.Moves;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogIndexTest {
  private final CatalogIndex index = new CatalogIndex();

  @BeforeEach
  void everythingIsReadUpToTen() {
    index.readWhole(10);
    assertTrue(index.isSettled());
  }

  @Test
  void a_move_is_settled_by_what_carries_its_number() {
    assertTrue(index.moved(11, false));
    assertFalse(index.isSettled());
    index.read(9);
    assertFalse(index.isSettled());
    index.read(11);
    assertTrue(index.isSettled());
    assertFalse(index.isDoubtful());
    assertFalse(index.moved(11, false), "heard of it already");
  }

  @Test
  void of_moves_that_follow_closely_the_last_does_not_explain_the_others() {
    index.moved(11, false);
    index.moved(12, true);
    index.read(12);
    assertTrue(index.lastIsRead());
    assertFalse(index.isSettled());
    index.readWhole(12);
    assertTrue(index.isSettled());
  }

  @Test
  void a_move_before_the_last_was_settled_needs_everything_to_be_read() {
    index.moved(11, false);
    index.moved(12, false);
    index.read(12);
    assertFalse(index.isSettled());
  }

  @Test
  void skipped_numbers_are_a_doubt_until_everything_is_read() {
    index.moved(15, false);
    index.read(15);
    assertTrue(index.isSettled());
    assertTrue(index.isDoubtful());
    index.readWhole(15);
    assertFalse(index.isDoubtful());
  }

  @Test
  void checks_alone_are_settled_by_the_number_of_the_services_and_stay_a_doubt() {
    index.moved(11, false);
    index.checksMoved(11);
    index.servicesAt(new Moves(10, 10), 11);
    assertTrue(index.isSettled());
    assertTrue(index.isDoubtful());
  }

  @Test
  void services_may_have_moved_further_than_was_heard() {
    index.moved(11, false);
    index.servicesAt(new Moves(12, 12), 11);
    assertEquals(12, index.moved());
    assertFalse(index.isSettled());
  }

  @Test
  void a_service_that_went_shows_once_another_write_was_told_from_it() {
    index.moved(11, false);
    index.servicesAt(new Moves(11, 11), 11);
    assertFalse(index.isNameGone());
    index.read(11);
    index.moved(12, false);
    index.servicesAt(new Moves(12, 11), 12);
    assertFalse(index.isNameGone());
    index.read(12);
    index.moved(13, false);
    index.servicesAt(new Moves(13, 13), 13);
    assertTrue(index.isNameGone());
    index.readGone();
    assertFalse(index.isNameGone());
    assertTrue(index.isSettled());
  }

  @Test
  void a_service_that_went_does_not_explain_what_was_written_after_it() {
    index.moved(11, false);
    index.servicesAt(new Moves(11, 9), 11);
    index.read(11);
    index.moved(13, false);
    index.servicesAt(new Moves(13, 12), 13);
    index.readGone();
    assertFalse(index.isSettled());
  }

  @Test
  void an_answer_says_nothing_about_what_came_after_the_question() {
    index.moved(11, false);
    index.moved(13, false); // while the question was on its way
    index.servicesAt(new Moves(10, 10), 11);
    assertFalse(index.isSettled());
    index.readWhole(12);
    assertFalse(index.isSettled());
    index.readWhole(13);
    assertTrue(index.isSettled());
  }

  @Test
  void after_a_restart_small_numbers_count() {
    index.restart();
    index.moved(4, false);
    assertFalse(index.isSettled());
    index.readWhole(4);
    assertTrue(index.isSettled());
    index.moved(5, false);
    index.read(5);
    assertTrue(index.isSettled());
  }
}
