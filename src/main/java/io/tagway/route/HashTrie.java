package io.tagway.route;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map. A change copies the few nodes on the way to its key and shares the others
 * (P. Bagwell, Ideal Hash Trees, 2001): five bits of the hash choose among up to 32 branches.
 */
final class HashTrie<K, V> {
  private static final int BITS = 5;

  private sealed interface Node<K, V> {}

  private record Leaf<K, V>(int hash, K key, V value) implements Node<K, V> {}

  /** Leaves whose hashes are equal. */
  private static final class Clash<K, V> implements Node<K, V> {
    final Leaf<K, V>[] leaves;

    Clash(Leaf<K, V>[] leaves) {
      this.leaves = leaves;
    }
  }

  private static final class Branch<K, V> implements Node<K, V> {
    final int bitmap;
    final Node<K, V>[] nodes;

    Branch(int bitmap, Node<K, V>[] nodes) {
      this.bitmap = bitmap;
      this.nodes = nodes;
    }

    int index(int bit) {
      return Integer.bitCount(bitmap & bit - 1);
    }
  }

  private final @Nullable Node<K, V> root;

  private HashTrie(@Nullable Node<K, V> root) {
    this.root = root;
  }

  static <K, V> HashTrie<K, V> empty() {
    return new HashTrie<>(null);
  }

  @Nullable V get(K key) {
    int hash = root == null ? 0 : hash(key);
    Node<K, V> node = root;
    for (int shift = 0; node instanceof Branch<K, V> branch; shift += BITS) {
      int bit = bit(hash, shift);
      node = (branch.bitmap & bit) == 0 ? null : branch.nodes[branch.index(bit)];
    }
    if (node instanceof Leaf<K, V> leaf) {
      return leaf.hash == hash && leaf.key.equals(key) ? leaf.value : null;
    }
    if (node instanceof Clash<K, V> clash) {
      for (Leaf<K, V> leaf : clash.leaves) {
        if (leaf.hash == hash && leaf.key.equals(key)) {
          return leaf.value;
        }
      }
    }
    return null;
  }

  HashTrie<K, V> with(K key, V value) {
    Leaf<K, V> leaf = new Leaf<>(hash(key), key, value);
    return new HashTrie<>(root == null ? leaf : put(root, 0, leaf));
  }

  HashTrie<K, V> without(K key) {
    return root == null ? this : new HashTrie<>(remove(root, 0, hash(key), key));
  }

  void forEach(BiConsumer<? super K, ? super V> action) {
    if (root != null) {
      visit(root, action);
    }
  }

  /** The entries whose value in the other map is not the same object. Skips what is shared. */
  void forEachNotIn(HashTrie<K, V> other, BiConsumer<? super K, ? super V> action) {
    if (root != null) {
      visitUnlike(root, other.root, other, action);
    }
  }

  private static <K, V> void visit(Node<K, V> node, BiConsumer<? super K, ? super V> action) {
    if (node instanceof Leaf<K, V> leaf) {
      action.accept(leaf.key, leaf.value);
    } else {
      for (Node<K, V> child : children(node)) {
        visit(child, action);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // shared nodes are the same object
  private static <K, V> void visitUnlike(
      Node<K, V> mine,
      @Nullable Node<K, V> theirs,
      HashTrie<K, V> other,
      BiConsumer<? super K, ? super V> action) {
    if (mine == theirs) {
      return;
    }
    if (mine instanceof Branch<K, V> a && theirs instanceof Branch<K, V> b) {
      for (int bits = a.bitmap; bits != 0; bits &= bits - 1) {
        int bit = Integer.lowestOneBit(bits);
        Node<K, V> child = (b.bitmap & bit) == 0 ? null : b.nodes[b.index(bit)];
        visitUnlike(a.nodes[a.index(bit)], child, other, action);
      }
      return;
    }
    visit(
        mine,
        (key, value) -> {
          if (other.get(key) != value) {
            action.accept(key, value);
          }
        });
  }

  private static <K, V> Node<K, V>[] children(Node<K, V> node) {
    if (node instanceof Branch<K, V> branch) {
      return branch.nodes;
    }
    return node instanceof Clash<K, V> clash ? clash.leaves : array(0);
  }

  private static <K, V> Node<K, V> put(Node<K, V> node, int shift, Leaf<K, V> leaf) {
    if (node instanceof Branch<K, V> branch) {
      int bit = bit(leaf.hash, shift);
      int index = branch.index(bit);
      return (branch.bitmap & bit) == 0
          ? new Branch<>(branch.bitmap | bit, inserted(branch.nodes, index, leaf))
          : new Branch<>(
              branch.bitmap,
              replaced(branch.nodes, index, put(branch.nodes[index], shift + BITS, leaf)));
    }
    if (node instanceof Leaf<K, V> other) {
      if (other.hash != leaf.hash) {
        return split(other, other.hash, shift, leaf);
      }
      return other.key.equals(leaf.key) ? leaf : new Clash<>(clash(other, leaf));
    }
    Clash<K, V> clash = (Clash<K, V>) node;
    if (clash.leaves[0].hash != leaf.hash) {
      return split(clash, clash.leaves[0].hash, shift, leaf);
    }
    for (int i = 0; i < clash.leaves.length; i++) {
      if (clash.leaves[i].key.equals(leaf.key)) {
        return new Clash<>(replaced(clash.leaves, i, leaf));
      }
    }
    return new Clash<>(inserted(clash.leaves, 0, leaf));
  }

  private static <K, V> Node<K, V> split(Node<K, V> node, int hash, int shift, Leaf<K, V> leaf) {
    int bit = bit(hash, shift);
    Node<K, V>[] one = array(1);
    one[0] = node;
    return put(new Branch<>(bit, one), shift, leaf);
  }

  private static <K, V> @Nullable Node<K, V> remove(Node<K, V> node, int shift, int hash, K key) {
    if (node instanceof Leaf<K, V> leaf) {
      return leaf.key.equals(key) ? null : leaf;
    }
    if (node instanceof Clash<K, V> clash) {
      for (int i = 0; i < clash.leaves.length; i++) {
        if (clash.leaves[i].key.equals(key)) {
          Leaf<K, V>[] rest = dropped(clash.leaves, i);
          return rest.length == 1 ? rest[0] : new Clash<>(rest);
        }
      }
      return clash;
    }
    Branch<K, V> branch = (Branch<K, V>) node;
    int bit = bit(hash, shift);
    if ((branch.bitmap & bit) == 0) {
      return branch;
    }
    int index = branch.index(bit);
    Node<K, V> child = remove(branch.nodes[index], shift + BITS, hash, key);
    Node<K, V>[] nodes =
        child == null ? dropped(branch.nodes, index) : replaced(branch.nodes, index, child);
    if (nodes.length == 0) {
      return null;
    }
    // A lone leaf moves up, so that a map has the same shape however it came about.
    boolean alone = nodes.length == 1 && !(nodes[0] instanceof Branch<K, V>);
    int bitmap = child == null ? branch.bitmap & ~bit : branch.bitmap;
    return alone ? nodes[0] : new Branch<>(bitmap, nodes);
  }

  /**
   * Spreads the hash over all bits (the last step of MurmurHash3): those of similar texts differ in
   * a few bits only, and five at a time would hardly branch.
   */
  private static int hash(Object key) {
    int h = key.hashCode();
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }

  private static int bit(int hash, int shift) {
    return 1 << (hash >>> shift & 31);
  }

  @SuppressWarnings("unchecked")
  private static <K, V> Node<K, V>[] array(int length) {
    return (Node<K, V>[]) new Node<?, ?>[length];
  }

  @SuppressWarnings("unchecked")
  private static <K, V> Leaf<K, V>[] clash(Leaf<K, V> one, Leaf<K, V> other) {
    return (Leaf<K, V>[]) new Leaf<?, ?>[] {one, other};
  }

  private static <T> T[] replaced(T[] nodes, int index, T node) {
    T[] copy = nodes.clone();
    copy[index] = node;
    return copy;
  }

  private static <T> T[] inserted(T[] nodes, int index, T node) {
    T[] copy = Arrays.copyOf(nodes, nodes.length + 1);
    System.arraycopy(nodes, index, copy, index + 1, nodes.length - index);
    copy[index] = node;
    return copy;
  }

  private static <T> T[] dropped(T[] nodes, int index) {
    T[] copy = Arrays.copyOf(nodes, nodes.length - 1);
    System.arraycopy(nodes, index + 1, copy, index, copy.length - index);
    return copy;
  }
}
