package io.tagway.proxy;

import static java.lang.System.Logger.Level.WARNING;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.github.luben.zstd.util.Native;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes the encoders of one event loop, which share a buffer. */
public final class Encoders {
  /** The largest piece an encoder is given. */
  public static final int PIECE_BYTES = 16 << 10;

  private static final System.Logger LOG = System.getLogger(Encoders.class.getName());

  private final ByteBuffer scratch = ByteBuffer.allocateDirect(PIECE_BYTES);

  /**
   * The codings that can be made on this machine, in the order of our preference. Loads libraries,
   * so it may block.
   */
  public static List<ContentCoding> available() {
    List<ContentCoding> available = new ArrayList<>();
    for (ContentCoding coding : ContentCoding.values()) {
      try {
        load(coding);
        available.add(coding);
      } catch (LinkageError missing) {
        LOG.log(
            WARNING,
            () -> "no " + coding.word() + " compression on this machine: " + missing.getMessage());
      }
    }
    return List.copyOf(available);
  }

  private static void load(ContentCoding coding) {
    switch (coding) {
      case BROTLI -> Brotli4jLoader.ensureAvailability();
      case ZSTD -> Native.load();
      case GZIP -> {}
    }
  }

  /**
   * An encoder for one body; its user closes it.
   *
   * @param coding one of {@link #available}
   */
  public Encoder open(ContentCoding coding) {
    return switch (coding) {
      case BROTLI -> new BrotliEncoder(PIECE_BYTES);
      case ZSTD -> new ZstdEncoder(scratch);
      case GZIP -> new GzipEncoder(scratch);
    };
  }
}
