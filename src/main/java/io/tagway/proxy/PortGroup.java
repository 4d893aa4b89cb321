package io.tagway.proxy;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that listen on one address with {@code SO_REUSEPORT}. Linux deals new connections out
 * among them by a hash, and with {@code SO_ATTACH_REUSEPORT_CBPF} (socket(7)) by a program, which
 * names a socket by its place in the order of their binding. A program of one instruction sends all
 * that is new to the other process while this one ends: then no handshake is under way with a
 * socket that is about to be closed.
 */
final class PortGroup {
  /** Of a socket that shares its port with nobody. */
  static final PortGroup NONE = new PortGroup(null, 0, Set.of());

  private static final System.Logger LOG = System.getLogger(PortGroup.class.getName());

  private static final int SOL_SOCKET = 1;
  private static final int ATTACH_REUSEPORT_CBPF = 51;
  private static final ChannelOption<Integer> DETACH =
      new IntegerUnixChannelOption("SO_DETACH_REUSEPORT_BPF", SOL_SOCKET, 68);

  /** {@code BPF_RET | BPF_K} of bpf(4): the answer is a constant. */
  private static final short RETURN_CONSTANT = 0x06;

  private final @Nullable UnixChannel socket;
  private final long own;
  private final Set<Long> elders;

  private PortGroup(@Nullable UnixChannel socket, long own, Set<Long> elders) {
    this.socket = socket;
    this.own = own;
    this.elders = elders;
  }

  /** The group of a socket that was bound just now. */
  static PortGroup joined(Channel channel) {
    if (!(channel instanceof UnixChannel socket)
        || !Boolean.TRUE.equals(channel.config().getOption(UnixChannelOption.SO_REUSEPORT))) {
      return NONE;
    }
    try {
      long own = inode(socket);
      Set<Long> elders = others(own);
      if (!elders.isEmpty()) {
        LOG.log(INFO, "another process listens on " + channel.localAddress() + " as well");
      }
      if (elders.size() <= 1) {
        // A program of one that is gone would deny the others their share.
        detach(channel);
      }
      return new PortGroup(socket, own, elders);
    } catch (IOException | RuntimeException e) {
      LOG.log(DEBUG, "cannot tell who else listens on " + channel.localAddress(), e);
      return NONE;
    }
  }

  private static void detach(Channel channel) {
    try {
      channel.config().setOption(DETACH, 0);
    } catch (ChannelException none) {
      LOG.log(DEBUG, "no program to detach", none);
    }
  }

  /**
   * Sends new connections to the other process; only if there is just one, for else it is not known
   * which place is whose.
   *
   * @return whether there is one that gets them now
   */
  boolean steerToOther() {
    UnixChannel bound = socket;
    if (bound == null) {
      return false;
    }
    try {
      Set<Long> others = others(own);
      if (others.size() != 1) {
        return false;
      }
      // Who was there before us is still before us: the last moves up when one leaves.
      int place = elders.containsAll(others) ? 0 : 1;
      return bound.config().setOption(attach(), program(place));
    } catch (IOException | RuntimeException e) {
      LOG.log(DEBUG, "cannot give way on " + bound.localAddress(), e);
      return false;
    }
  }

  private static ChannelOption<ByteBuffer> attach() {
    return new RawUnixChannelOption(
        "SO_ATTACH_REUSEPORT_CBPF", SOL_SOCKET, ATTACH_REUSEPORT_CBPF, 2 * Buffer.addressSize());
  }

  /** A {@code sock_fprog} of linux/filter.h with its only instruction behind it. */
  private static ByteBuffer program(int place) {
    int pointer = Buffer.addressSize();
    ByteBuffer memory =
        ByteBuffer.allocateDirect(2 * pointer + Long.BYTES).order(ByteOrder.nativeOrder());
    long instruction = Buffer.memoryAddress(memory) + 2L * pointer;
    memory.putShort(0, (short) 1);
    if (pointer == Long.BYTES) {
      memory.putLong(pointer, instruction);
    } else {
      memory.putInt(pointer, (int) instruction);
    }
    memory.putShort(2 * pointer, RETURN_CONSTANT);
    memory.putInt(2 * pointer + Integer.BYTES, place);
    return memory.limit(2 * pointer);
  }

  /** The number that names the socket in the kernel's lists: {@code socket:[12345]}. */
  private static long inode(UnixChannel socket) throws IOException {
    Path link = Path.of("/proc/self/fd/" + socket.fd().intValue());
    return Long.parseLong(Files.readSymbolicLink(link).toString().replaceAll("\\D", ""));
  }

  private static Set<Long> others(long own) throws IOException {
    for (String file : new String[] {"/proc/self/net/tcp6", "/proc/self/net/tcp"}) {
      Set<Long> group = group(Path.of(file), own);
      if (group.remove(own)) {
        return group;
      }
    }
    throw new IOException("socket " + own + " is in no list");
  }

  /** The sockets in a list that listen where that one does; sockets that listen come first. */
  private static Set<Long> group(Path list, long own) throws IOException {
    record Listening(String address, long inode) {}
    Set<Listening> all = new HashSet<>();
    if (Files.exists(list)) {
      try (BufferedReader in = Files.newBufferedReader(list)) {
        in.readLine();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          String[] fields = line.strip().split("\\s+");
          if (!fields[3].equals("0A")) {
            break;
          }
          all.add(new Listening(fields[1], Long.parseLong(fields[9])));
        }
      }
    }
    Set<Long> same = new HashSet<>();
    for (Listening one : all) {
      if (one.inode == own) {
        all.stream()
            .filter(other -> other.address.equals(one.address))
            .forEach(other -> same.add(other.inode));
      }
    }
    return same;
  }
}
