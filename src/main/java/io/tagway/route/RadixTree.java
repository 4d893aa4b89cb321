package io.tagway.route;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from texts to values that finds the keys with which a text starts, or ends, in a
 * time that depends on the text alone. A change copies the nodes on the way to its key and shares
 * the others.
 */
final class RadixTree<V> {
  /** How a key and a looked-up text are read. */
  enum Reading {
    FORWARD,
    /** From the last character to the first: finds suffixes. */
    BACKWARD,
    /** Without case. */
    FOLDED
  }

  /** A node stands for the key that leads to it, of which it holds the last part. */
  static final class Node<V> {
    private final String label;
    private final int depth;
    private final @Nullable V value;
    private final char[] firsts;
    private final Node<V>[] children;

    private Node(String label, int depth, @Nullable V value, char[] firsts, Node<V>[] children) {
      this.label = label;
      this.depth = depth;
      this.value = value;
      this.firsts = firsts;
      this.children = children;
    }

    /** Length of the key. */
    int depth() {
      return depth;
    }

    @Nullable V value() {
      return value;
    }
  }

  private final Reading reading;
  private final @Nullable Node<V> root;

  private RadixTree(Reading reading, @Nullable Node<V> root) {
    this.reading = reading;
    this.root = root;
  }

  static <V> RadixTree<V> empty(Reading reading) {
    return new RadixTree<>(reading, null);
  }

  boolean isEmpty() {
    return root == null;
  }

  /** The value of this very key; null if there is none. */
  @Nullable V get(String key) {
    Node<V> node = step(null, key);
    while (node != null && node.depth < key.length()) {
      node = step(node, key);
    }
    return node != null && node.depth == key.length() ? node.value : null;
  }

  /** All values, in no order that means anything. */
  void forEach(Consumer<? super V> action) {
    if (root != null) {
      visit(root, action);
    }
  }

  private static <V> void visit(Node<V> node, Consumer<? super V> action) {
    if (node.value != null) {
      action.accept(node.value);
    }
    for (Node<V> child : node.children) {
      visit(child, action);
    }
  }

  /** The longest key below that length with which the text starts (or ends); null if none. */
  @Nullable Node<V> longest(String text, int below) {
    Node<V> found = null;
    for (Node<V> n = step(null, text); n != null && n.depth < below; n = step(n, text)) {
      if (n.value != null) {
        found = n;
      }
    }
    return found;
  }

  /** The next node on the way along the text, from the root if none is given; null at the end. */
  @Nullable Node<V> step(@Nullable Node<V> from, String text) {
    if (from == null) {
      return root != null && agrees(root, 0, text) ? root : null;
    }
    if (from.depth == text.length()) {
      return null;
    }
    int index = index(from.firsts, at(text, from.depth));
    if (index < 0) {
      return null;
    }
    Node<V> child = from.children[index];
    return agrees(child, from.depth, text) ? child : null;
  }

  private boolean agrees(Node<V> node, int start, String text) {
    String label = node.label;
    if (text.length() < node.depth) {
      return false;
    }
    for (int i = 0; i < label.length(); i++) {
      if (label.charAt(i) != at(text, start + i)) {
        return false;
      }
    }
    return true;
  }

  private char at(String text, int i) {
    if (reading == Reading.FORWARD) {
      return text.charAt(i);
    }
    return reading == Reading.BACKWARD
        ? text.charAt(text.length() - 1 - i)
        : Character.toLowerCase(text.charAt(i));
  }

  /** Index of the child with that first character, or -1 - where it would be. */
  private static int index(char[] firsts, char first) {
    for (int i = 0; i < firsts.length; i++) {
      if (firsts[i] >= first) {
        return firsts[i] == first ? i : -1 - i;
      }
    }
    return -1 - firsts.length;
  }

  RadixTree<V> with(String key, V value) {
    String read = read(key);
    return new RadixTree<>(
        reading, root == null ? leaf(read, 0, value) : put(root, 0, read, value));
  }

  RadixTree<V> without(String key) {
    return new RadixTree<>(reading, root == null ? null : remove(root, 0, read(key)));
  }

  private String read(String key) {
    if (reading == Reading.FORWARD) {
      return key;
    }
    char[] read = new char[key.length()];
    for (int i = 0; i < read.length; i++) {
      read[i] = at(key, i);
    }
    return new String(read);
  }

  private static <V> Node<V> put(Node<V> node, int start, String key, V value) {
    String label = node.label;
    int same = start;
    while (same < Math.min(node.depth, key.length())
        && label.charAt(same - start) == key.charAt(same)) {
      same++;
    }
    if (same < node.depth) {
      Node<V> tail =
          new Node<>(
              label.substring(same - start), node.depth, node.value, node.firsts, node.children);
      String head = label.substring(0, same - start);
      return same == key.length()
          ? parent(head, same, value, tail)
          : parent(head, same, null, tail, leaf(key, same, value));
    }
    if (same == key.length()) {
      return new Node<>(label, node.depth, value, node.firsts, node.children);
    }
    int index = index(node.firsts, key.charAt(same));
    return index >= 0
        ? replaced(node, index, put(node.children[index], same, key, value))
        : inserted(node, -1 - index, leaf(key, same, value));
  }

  private static <V> @Nullable Node<V> remove(Node<V> node, int start, String key) {
    if (!key.startsWith(node.label, start)) {
      return node;
    }
    if (key.length() == node.depth) {
      return node.children.length == 0
          ? null
          : merged(new Node<>(node.label, node.depth, null, node.firsts, node.children));
    }
    int index = index(node.firsts, key.charAt(node.depth));
    if (index < 0) {
      return node;
    }
    Node<V> child = remove(node.children[index], node.depth, key);
    return child == null ? merged(dropped(node, index)) : replaced(node, index, child);
  }

  /** A node without value and with one child is one node with it. */
  private static <V> Node<V> merged(Node<V> node) {
    if (node.value != null || node.children.length != 1) {
      return node;
    }
    Node<V> child = node.children[0];
    return new Node<>(
        node.label + child.label, child.depth, child.value, child.firsts, child.children);
  }

  @SuppressWarnings("unchecked")
  private static <V> Node<V>[] array(int length) {
    return (Node<V>[]) new Node<?>[length];
  }

  private static <V> Node<V> leaf(String key, int start, V value) {
    return new Node<>(key.substring(start), key.length(), value, new char[0], array(0));
  }

  private static <V> Node<V> parent(String label, int depth, @Nullable V value, Node<V> child) {
    Node<V> empty = new Node<>(label, depth, value, new char[0], array(0));
    return inserted(empty, 0, child);
  }

  private static <V> Node<V> parent(
      String label, int depth, @Nullable V value, Node<V> child, Node<V> other) {
    Node<V> one = parent(label, depth, value, child);
    return inserted(one, child.label.charAt(0) < other.label.charAt(0) ? 1 : 0, other);
  }

  private static <V> Node<V> replaced(Node<V> node, int index, Node<V> child) {
    Node<V>[] children = node.children.clone();
    children[index] = child;
    return new Node<>(node.label, node.depth, node.value, node.firsts, children);
  }

  private static <V> Node<V> inserted(Node<V> node, int index, Node<V> child) {
    int length = node.children.length;
    char[] firsts = Arrays.copyOf(node.firsts, length + 1);
    Node<V>[] children = Arrays.copyOf(node.children, length + 1);
    System.arraycopy(node.firsts, index, firsts, index + 1, length - index);
    System.arraycopy(node.children, index, children, index + 1, length - index);
    firsts[index] = child.label.charAt(0);
    children[index] = child;
    return new Node<>(node.label, node.depth, node.value, firsts, children);
  }

  private static <V> Node<V> dropped(Node<V> node, int index) {
    int length = node.children.length - 1;
    char[] firsts = Arrays.copyOf(node.firsts, length);
    Node<V>[] children = Arrays.copyOf(node.children, length);
    System.arraycopy(node.firsts, index + 1, firsts, index, length - index);
    System.arraycopy(node.children, index + 1, children, index, length - index);
    return new Node<>(node.label, node.depth, node.value, firsts, children);
  }
}
