package io.tagway.registry;

/**
 * Whether everything that moved Consul's indexes is in what was read.
 *
 * <p>Every write to Consul gets the next number, and every answer carries the number of the last
 * write to what it shows. So when the catalog moves to a number and the answer for one service
 * carries that number too, that service is what changed. What changed together with it may still be
 * hidden: it is looked for at once when one move followed the other closely, and later when numbers
 * were skipped, which most often were writes to something else.
 */
final class CatalogIndex {
  private long moved;
  private long checks;
  private long read;

  /** Writes up to here need no more explanation. */
  private long settled;

  /** The last service that went did so here, as far as is known. */
  private long extinction;

  private boolean extinctionsShow;
  private boolean several;
  private boolean skipped;

  /**
   * Something in the catalog (nodes, services or checks) was written to with this number. Gives
   * whether that is news.
   *
   * @param closely whether the last news was only just before
   */
  boolean moved(long index, boolean closely) {
    if (index <= moved) {
      return false;
    }
    several = closely || !isSettled();
    skipped |= index > moved + 1;
    moved = index;
    return true;
  }

  /** Checks were written to with this number; whether one of them differs is yet to be seen. */
  void checksMoved(long index) {
    checks = index;
  }

  /** Something was read that was last written to with this number. */
  void read(long index) {
    read = Math.max(read, index);
    if (lastIsRead() && !several) {
      settled = moved;
    }
  }

  /** Everything was read; the last write to any of it had this number. */
  void readWhole(long index) {
    read = index;
    skipped = false;
    if (index >= moved) {
      moved = index;
      settle();
    } else {
      settled = index;
    }
  }

  /** The Consul that answers now may count anew: nothing is known of its numbers. */
  void restart() {
    moved = 0;
    checks = 0;
    read = 0;
    settled = 0;
    extinction = 0;
    extinctionsShow = false;
    several = true;
  }

  /**
   * Takes the number of the last write to services or nodes. If that is settled, checks alone
   * moved.
   *
   * @param asked where the catalog had moved when that was asked
   */
  void servicesAt(CatalogReads.Moves moves, long asked) {
    // Until a service has gone for the first time both numbers are the same and tell nothing.
    extinctionsShow |= moves.extinction() < moves.services();
    extinction = extinctionsShow ? moves.extinction() : 0;
    long index = moves.services();
    if (index > settled) {
      moved = Math.max(moved, index);
    } else if (asked >= moved) {
      settle();
    } else {
      settled = Math.max(settled, asked);
    }
  }

  private void settle() {
    settled = moved;
    several = false;
  }

  /** Whether a service went since all was explained. */
  boolean isNameGone() {
    return extinction > settled;
  }

  /** The services that went are known. */
  void readGone() {
    read(extinction);
  }

  long moved() {
    return moved;
  }

  /** Whether the last write is in what was read. */
  boolean lastIsRead() {
    return read >= moved;
  }

  /** Whether all writes are explained, as far as can be told. */
  boolean isSettled() {
    return settled >= moved;
  }

  /**
   * Whether something may be hidden all the same: behind skipped numbers, or in checks that moved
   * without a difference to be seen, as they do for each new output.
   */
  boolean isDoubtful() {
    return skipped || areChecksUnread();
  }

  /** Whether checks moved and none that was read moved with them. */
  boolean areChecksUnread() {
    return checks > read;
  }
}
