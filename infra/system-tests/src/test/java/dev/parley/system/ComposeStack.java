package dev.parley.system;

import static dev.parley.testing.Patience.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running project of Docker Compose, met at its entry: `-Dparley.system.compose=PROJECT` and
/// `-Dparley.system.entry=http://127.0.0.1:8080`. It goes on when the tests have ended.
///
/// Nothing leads past the entry. Whoever wants a certain gateway connects until the entry has
/// chosen that one; which it has chosen, its own table of connections tells.
final class ComposeStack implements Stack {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern PROCESS = Pattern.compile("(.+?)(?:-(\\d+))?");

  /// An established connection to a port 8080, in `/proc/net/tcp`.
  private static final Pattern CONNECTION =
      Pattern.compile("(?m)^ *\\d+: [0-9A-F]{8}:([0-9A-F]{4}) ([0-9A-F]{8}):1F90 01 ");

  /// Reads the credential where it lies, and shows it to nobody.
  private static final String MAKE_ADMIN =
      """
      credential=$(sed -n 's/^parley.service-credential=//p' /run/parley/shared/secrets.properties)
      exec 3<>/dev/tcp/127.0.0.1/8080
      {
        printf 'PUT /internal/admins/%s HTTP/1.0\\r\\nHost: auth-service\\r\\n' "$1"
        printf 'Parley-Service: %s\\r\\nContent-Length: 0\\r\\n\\r\\n' "$credential"
      } >&3
      read -r line <&3
      echo "$line"
      """;

  private final Containers containers;
  private final URI entry;

  private ComposeStack(Containers containers, URI entry) {
    this.containers = containers;
    this.entry = entry;
  }

  /// The one that this run has to use; empty if it has to start its own.
  static Optional<ComposeStack> given() {
    String entry = System.getProperty("parley.system.entry", "http://127.0.0.1:8080");
    return Optional.ofNullable(System.getProperty("parley.system.compose"))
        .map(project -> new ComposeStack(new Containers(project), URI.create(entry)));
  }

  @Override
  public URI entry() {
    return entry;
  }

  @Override
  public Door gateway(int number) {
    return () -> openedAt(containers.of("gateway-service", number));
  }

  /// One at a time: two at once would take each other's connections for theirs.
  private synchronized Live openedAt(String gateway) throws IOException {
    Map<String, String> gateways = addresses();
    // They stay open, so that the entry chooses another gateway next.
    List<Live> elsewhere = new ArrayList<>();
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      Map<String, String> before = connections(gateways);
      while (System.nanoTime() < end) {
        Live live = Live.open(webSocket());
        Map<String, String> now = connections(gateways);
        Set<String> fresh = new HashSet<>(now.keySet());
        fresh.removeAll(before.keySet());
        if (fresh.size() == 1 && gateway.equals(now.get(fresh.iterator().next()))) {
          return live;
        }
        elsewhere.add(live);
        before = now;
      }
    } finally {
      elsewhere.forEach(Live::cut);
    }
    throw new IOException(
        elsewhere.size() + " connections in turn did not come to the gateway " + gateway);
  }

  /// The gateway's container for each address, as `/proc/net/tcp` spells it.
  private Map<String, String> addresses() throws IOException {
    Map<String, String> addresses = new HashMap<>();
    for (String gateway : containers.of("gateway-service")) {
      String format = "{{range .NetworkSettings.Networks}}{{println .IPAddress}}{{end}}";
      for (String address : containers.inspect(format, List.of(gateway))) {
        if (!address.isEmpty()) {
          byte[] bytes = InetAddress.ofLiteral(address).getAddress();
          addresses.put(
              "%02X%02X%02X%02X".formatted(bytes[3], bytes[2], bytes[1], bytes[0]), gateway);
        }
      }
    }
    return addresses;
  }

  /// The entry's connections to gateways, each with the container to which it leads.
  private Map<String, String> connections(Map<String, String> gateways) throws IOException {
    Map<String, String> connections = new HashMap<>();
    Matcher connection =
        CONNECTION.matcher(containers.exec(containers.of("entry", 1), "cat", "/proc/net/tcp"));
    while (connection.find()) {
      String gateway = gateways.get(connection.group(2));
      if (gateway != null) {
        connections.put(connection.group(1) + ":" + connection.group(2), gateway);
      }
    }
    return connections;
  }

  @Override
  public void up() throws IOException {
    containers.compose("start");
    await("all healthy").atMost(LONG).until(this::ready);
  }

  @Override
  public void down() throws IOException {
    containers.compose("stop");
  }

  @Override
  public void kill(String process) throws IOException {
    Matcher name = PROCESS.matcher(process);
    if (!name.matches()) {
      throw new IllegalArgumentException(process);
    }
    String service = name.group(1).equals("gateway") ? "gateway-service" : name.group(1);
    String container =
        containers.of(service, name.group(2) == null ? 1 : Integer.parseInt(name.group(2)));
    String pid = containers.inspect("{{.State.Pid}}", container);
    containers.kill(pid);
    await(process + " is gone")
        .atMost(PATIENCE)
        .until(() -> !containers.inspect("{{.State.Pid}}", container).equals(pid));
  }

  @Override
  public boolean ready() throws IOException {
    // Who has no restart policy has done its work and ended.
    String format =
        "{{.HostConfig.RestartPolicy.Name}} {{.State.Status}}"
            + " {{with .State.Health}}{{.Status}}{{end}}";
    return containers.inspect(format, containers.all()).stream()
        .allMatch(state -> state.startsWith("no ") || state.endsWith(" running healthy"));
  }

  @Override
  public void makeAdmin(Person person) throws IOException {
    String answer =
        containers.exec(
            containers.of("auth-service", 1), "bash", "-c", MAKE_ADMIN, "bash", person.user());
    if (!answer.contains(" 204")) {
      throw new IOException("no administrator was made: " + answer);
    }
  }

  @Override
  public String redis(String... command) throws IOException {
    List<String> program = new ArrayList<>(List.of("redis-cli"));
    program.addAll(List.of(command));
    return containers.exec(containers.of("redis", 1), program.toArray(String[]::new)).strip();
  }

  /// It was there before, and stays.
  @Override
  public void close() {}
}
