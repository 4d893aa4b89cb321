package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The persistent maps against plain ones. */
class StructuresTest {
  static List<Long> seeds() {
    return IntStream.range(0, 20).mapToObj(i -> 6151L * i + 11).toList();
  }

  /** Keys of which many have the same hash, or one that differs in its highest bits only. */
  private record Key(int value) {
    @Override
    public int hashCode() {
      return value % 3 == 0 ? 7 : value << 27;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aHashTrieIsAMapAndLeavesTheOldOneAsItWas(long seed) {
    Random random = new Random(seed);
    HashTrie<Key, Integer> trie = HashTrie.empty();
    Map<Key, Integer> map = new HashMap<>();
    for (int i = 0; i < 800; i++) {
      HashTrie<Key, Integer> before = trie;
      Map<Key, Integer> copy = new HashMap<>(map);
      Key key = new Key(random.nextInt(60));
      if (random.nextInt(3) == 0) {
        trie = trie.without(key);
        map.remove(key);
      } else {
        trie = trie.with(key, i);
        map.put(key, i);
      }
      assertEquals(map, entries(trie));
      assertEquals(copy, entries(before));
      Map<Key, Integer> fresh = new HashMap<>();
      trie.forEachNotIn(before, fresh::put);
      Map<Key, Integer> expected = new HashMap<>(map);
      expected.entrySet().removeIf(entry -> entry.getValue().equals(copy.get(entry.getKey())));
      assertEquals(expected, fresh);
      for (int k = 0; k < 60; k++) {
        assertEquals(map.get(new Key(k)), trie.get(new Key(k)));
      }
    }
  }

  private static Map<Key, Integer> entries(HashTrie<Key, Integer> trie) {
    Map<Key, Integer> entries = new HashMap<>();
    trie.forEach((key, value) -> assertNull(entries.put(key, value)));
    return entries;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRadixTreeFindsTheLongestStart(long seed) {
    compare(seed, RadixTree.Reading.FORWARD, text -> text);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRadixTreeFindsTheLongestEnd(long seed) {
    compare(seed, RadixTree.Reading.BACKWARD, text -> new StringBuilder(text).reverse().toString());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRadixTreeFindsTheLongestStartInAnyCase(long seed) {
    compare(seed, RadixTree.Reading.FOLDED, text -> text.toLowerCase(Locale.ROOT));
  }

  /** Against a walk over all keys, both read the same way. */
  private static void compare(long seed, RadixTree.Reading reading, UnaryOperator<String> read) {
    Random random = new Random(seed);
    RadixTree<Integer> tree = RadixTree.empty(reading);
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < 600; i++) {
      RadixTree<Integer> before = tree;
      Map<String, Integer> copy = new HashMap<>(map);
      String key = text(random);
      if (random.nextInt(3) == 0) {
        tree = tree.without(key);
        map.remove(read.apply(key));
      } else {
        tree = tree.with(key, i);
        map.put(read.apply(key), i);
      }
      for (int k = 0; k < 5; k++) {
        String text = text(random);
        assertEquals(longest(map, read.apply(text)), all(tree, text));
        assertEquals(longest(copy, read.apply(text)), all(before, text));
        assertEquals(map.get(read.apply(text)), tree.get(text));
      }
    }
    for (String key : map.keySet()) {
      tree = tree.without(read.apply(key));
    }
    assertTrue(tree.isEmpty(), "all keys were removed; read twice they are the written ones");
  }

  private static List<Integer> longest(Map<String, Integer> map, String text) {
    List<Integer> found = new ArrayList<>();
    for (int length = text.length(); length >= 0; length--) {
      Integer value = map.get(text.substring(0, length));
      if (value != null) {
        found.add(value);
      }
    }
    return found;
  }

  private static List<Integer> all(RadixTree<Integer> tree, String text) {
    List<Integer> found = new ArrayList<>();
    RadixTree.Node<Integer> node = tree.longest(text, Integer.MAX_VALUE);
    while (node != null) {
      found.add(node.value());
      node = tree.longest(text, node.depth());
    }
    return found;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append("abA".charAt(random.nextInt(3)));
    }
    return text.toString();
  }
}
