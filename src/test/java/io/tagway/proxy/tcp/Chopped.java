package io.tagway.proxy.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A socket that sends byte after byte, each in a packet of its own as far as it can. */
final class Chopped extends Socket {
  private final Socket socket;

  Chopped(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return socket.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream out = socket.getOutputStream();
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
          out.write(bytes[i]);
        }
      }
    };
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public synchronized void close() throws IOException {
    socket.close();
  }
}
