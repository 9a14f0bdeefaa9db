package dev.parley.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One Redis on a loopback port, with its data in a directory.
public final class Redis implements Server {
  private final Repository repository;
  private final Path data;
  private final int port;
  private final Map<String, String> settings;

  /// @param settings entries of `redis.conf` that replace or add to the defaults of [#durable()]
  public Redis(Repository repository, Path data, int port, Map<String, String> settings) {
    this.repository = repository;
    this.data = data;
    this.port = port;
    this.settings = Map.copyOf(settings);
  }

  /// Every write in an append-only file, forced to disk once a second.
  public static Map<String, String> durable() {
    return Map.of("appendonly", "yes", "appendfsync", "everysec", "save", "");
  }

  /// Nothing is written to disk.
  public static Map<String, String> forgetful() {
    return Map.of("appendonly", "no", "save", "");
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(data);
    new Binaries(repository.binaries()).redis();
  }

  @Override
  public List<String> command() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("bind", "127.0.0.1");
    all.put("port", Integer.toString(port));
    all.put("dir", data.toString());
    all.put("daemonize", "no");
    // Ten wake-ups a second by default; one costs nothing when idle and adapts under load.
    all.put("hz", "1");
    all.putAll(settings);
    List<String> command = new ArrayList<>();
    try {
      command.add(new Binaries(repository.binaries()).redis().toString());
    } catch (IOException e) {
      throw new IllegalStateException("Redis was not prepared", e);
    }
    all.forEach((key, value) -> {
      command.add("--" + key);
      command.add(value);
    });
    return command;
  }

  @Override
  public boolean ready() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII)
          .equals("+PONG");
    } catch (IOException notYet) {
      return false;
    }
  }
}
