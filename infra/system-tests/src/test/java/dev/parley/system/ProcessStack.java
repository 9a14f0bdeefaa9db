package dev.parley.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.servers.Ports;
import dev.parley.servers.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// A stack as `./parley up` starts it, in processes of its own: two gateways, two message-services,
/// one of everything else. Its logs stay below `target/stacks`.
final class ProcessStack implements Stack {
  /// One line of `./parley status --json`.
  private record Running(long pid, int port, String state) {}

  private static final List<String> SERVICES =
      List.of(
          "auth-service",
          "message-service-1",
          "message-service-2",
          "presence-service-1",
          "gateway-1",
          "gateway-2");

  private static final JsonMapper JSON = new JsonMapper();

  private final Path data;
  private final int port;
  private final List<String> settings;
  private final Map<String, Integer> management = new TreeMap<>();
  private final Set<Long> killed = ConcurrentHashMap.newKeySet();
  private Map<String, Running> processes = Map.of();

  private ProcessStack(Path data, int port, List<String> settings) {
    this.data = data;
    this.port = port;
    this.settings = settings;
    for (String process : SERVICES) {
      management.put(process, Ports.free());
    }
  }

  /// Starts a stack with new data.
  ///
  /// @param name of its directory
  /// @param settings as `--set` takes them
  static ProcessStack up(String name, String... settings) throws IOException {
    Path data = Repository.find().root().resolve("infra/system-tests/target/stacks").resolve(name);
    ProcessStack stack = new ProcessStack(data, Ports.free(), List.of(settings));
    stack.up();
    return stack;
  }

  @Override
  public void up() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "up",
                "--detach",
                "--gateways",
                "2",
                "--message-services",
                "2",
                "--port",
                Integer.toString(port)));
    for (String setting : settings) {
      command.add("--set");
      command.add(setting);
    }
    management.forEach((process, managed) -> {
      command.add("--set");
      command.add(process + ".quarkus.management.port=" + managed);
    });
    parley(command.toArray(String[]::new));
    processes = status();
  }

  @Override
  public void down() throws IOException {
    parley("down");
  }

  @Override
  public void close() throws IOException {
    down();
  }

  @Override
  public URI entry() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Past the load balancer; a gateway keeps its port for as long as the stack is up.
  @Override
  public Door gateway(int number) {
    return Door.at(gatewayAddress(number));
  }

  /// Where [#gateway] leads.
  URI gatewayAddress(int number) {
    int gateway = processes.get("gateway-" + number).port();
    return URI.create("ws://127.0.0.1:" + gateway + "/ws");
  }

  /// Where each service tells its metrics.
  Map<String, Integer> management() {
    return management;
  }

  /// The directory in which a store keeps its data.
  Path store(String name) {
    return data.resolve("data").resolve(name);
  }

  /// What a process has printed since it was started last.
  Path log(String process) {
    return data.resolve("logs").resolve(process + ".log");
  }

  /// Ends a process, for as long as nobody starts it.
  void stop(String name) throws IOException {
    parley("stop", name);
  }

  void start(String name) throws IOException {
    parley("start", name);
  }

  @Override
  public void kill(String name) throws IOException {
    ProcessHandle process = ProcessHandle.of(status().get(name).pid()).orElseThrow();
    killed.add(process.pid());
    process.destroyForcibly();
    process.onExit().join();
  }

  private Map<String, Running> status() throws IOException {
    Map<String, Running> all = new HashMap<>();
    for (JsonNode line : JSON.readTree(parley("status", "--json"))) {
      all.put(
          line.get("name").asText(),
          new Running(
              line.get("pid").asLong(), line.get("port").asInt(), line.get("state").asText()));
    }
    return all;
  }

  @Override
  public void makeAdmin(Person person) throws IOException, InterruptedException {
    Properties secrets = new Properties();
    try (var in = Files.newBufferedReader(data.resolve("data").resolve("secrets.properties"))) {
      secrets.load(in);
    }
    int port = processes.get("auth-service").port();
    HttpResponse<Void> made =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:" + port + "/internal/admins/" + person.user()))
                    .header("Parley-Service", secrets.getProperty("service-credential"))
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    if (made.statusCode() != 204) {
      throw new IOException("no administrator was made: " + made.statusCode());
    }
  }

  @Override
  public boolean ready() throws IOException {
    // Who watches over a process may not know yet that it has ended: its number is still told, or
    // none.
    return status().values().stream()
        .allMatch(process ->
            process.state().equals("ready")
                && process.pid() != 0
                && !killed.contains(process.pid()));
  }

  /// As an inline command of the Redis protocol (RESP2).
  @Override
  public String redis(String... command) throws IOException {
    int redis = status().get("redis").port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis)) {
      socket.getOutputStream().write((String.join(" ", command) + "\r\n").getBytes(US_ASCII));
      String answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
      // The first character says of which kind it is.
      return answer.substring(1);
    }
  }

  /// Runs the program behind `./parley`, and returns what it said.
  private String parley(String... arguments) throws IOException {
    Path built = Repository.find().root().resolve("infra/stack/target");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Repository.java(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dparley.root=" + Repository.find().root(),
            "-cp",
            built.resolve("parley-stack.jar") + ":" + built.resolve("lib/*"),
            "dev.parley.stack.cli.Parley"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("parley " + String.join(" ", arguments) + ":\n" + output);
    }
    return output;
  }
}
