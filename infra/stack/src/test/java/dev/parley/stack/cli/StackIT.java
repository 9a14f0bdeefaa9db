package dev.parley.stack.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.servers.Ports;
import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.data.Secrets;
import dev.parley.stack.supervisor.ProcessReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  private Cli cli;
  private String port;

  @BeforeEach
  void useARepositoryWhoseServicesOnlyStart() throws Exception {
    cli = new Cli(StandInRepository.in(directory.resolve("repository")), directory.resolve("data"));
    port = Integer.toString(Ports.free());
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    cli.run("down");
    awaitNoProcessHere();
  }

  @Test
  void everyProcessIsNamedAndCanBeStoppedRestartedAndScaled() throws Exception {
    Cli.Result up = cli.run("up", "--detach", "--port", port);
    assertEquals(0, up.exitCode(), up.output());
    assertTrue(up.output().contains("Parley is ready after"), up.output());
    assertTrue(up.output().contains("of one core while idle"), up.output());

    Map<String, ProcessReport> before = cli.status();
    assertEquals(
        Set.of(
            "kafka-1",
            "postgres",
            "redis",
            "auth-service",
            "message-service-1",
            "presence-service-1",
            "gateway-1",
            "gateway-2",
            "load-balancer"),
        before.keySet());
    assertAll(
        before.values().stream()
            .map(report ->
                () -> {
                  assertEquals("ready", report.state(), report.name());
                  assertTrue(report.rssBytes() > 1_000_000, report.name());
                }));
    assertEquals(
        Long.toString(before.get("postgres").pid()),
        Files.readAllLines(cli.data().resolve("data/postgres/postmaster.pid")).getFirst());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(cli.data().resolve("data/secrets.properties"))));

    assertEquals(0, cli.run("restart", "postgres").exitCode());
    assertEquals(0, cli.run("stop", "redis").exitCode());
    scaleTwiceAtOnce();
    Map<String, ProcessReport> after = cli.status();
    assertNotEquals(before.get("postgres").pid(), after.get("postgres").pid());
    assertEquals(before.get("postgres").port(), after.get("postgres").port());
    assertEquals("stopped", after.get("redis").state());
    assertEquals("ready", after.get("gateway-3").state());
    assertEquals(3, routedGateways().size());

    assertEquals(0, cli.run("start", "redis").exitCode());
    assertEquals(0, cli.run("scale", "gateway", "1").exitCode());
    assertFalse(cli.status().containsKey("gateway-2"));
    assertEquals(1, routedGateways().size());
    Cli.Result unknown = cli.run("restart", "gateway-9");
    assertEquals(1, unknown.exitCode());
    assertTrue(unknown.output().contains("gateway-9 is not here"), unknown.output());

    // On the same stack, because each start takes its time.
    aProcessThatDiesIsNamedAndStartedAgain();
    aDatabaseThatIsAskedToEndDoesNotWaitForItsClients();
    aTakenPortAndADirectoryInUseAreOneSentenceEach();
  }

  @Test
  void whatAKilledSupervisorLeftIsEndedByDownAndByTheNextUp() throws Exception {
    assertEquals(0, cli.run("up", "--detach=true", "--port", port).exitCode());
    List<Long> first = killSupervisor();
    Cli.Result up = cli.run("up", "--detach", "--port", port);
    assertEquals(0, up.exitCode(), up.output());
    assertTrue(up.output().contains("Ended what a killed stack had left: kafka-1"), up.output());
    assertEquals(List.of(), alive(first));

    List<Long> second = killSupervisor();
    assertEquals(0, cli.run("down").exitCode());
    assertEquals(List.of(), alive(second));
    assertTrue(cli.run("down").output().startsWith("No stack runs on"));
  }

  @Test
  void freshDataIsThrownAwayAndKeptDataIsNotTouched() throws Exception {
    Path kept = cli.data().resolve("data/kept");
    Files.createDirectories(kept);
    assertEquals(0, cli.run("up", "--detach", "--fresh", "--port", port).exitCode());
    assertTrue(Files.isDirectory(cli.data().resolve("fresh/postgres")));
    List<Long> pids = pids();
    long began = System.nanoTime();
    assertEquals(0, cli.run("down").exitCode());
    // The 14 s that a stop may take, and twice this command's start.
    assertTrue(System.nanoTime() - began < Duration.ofSeconds(20).toNanos());
    assertEquals(List.of(), alive(pids));
    assertFalse(Files.exists(cli.data().resolve("fresh")));
    assertTrue(Files.isDirectory(kept));
  }

  @Test
  void downEndsAStackThatIsStillStarting() throws Exception {
    Process up =
        cli.start("up", "--fresh", "--port", port, "--set", "auth.stand-in.starts=for-ever");
    // In the middle of what is made before the first start, by commands that are no server.
    await().atMost(LONG).until(this::initdbRunsOrRan);
    assertTrue(cli.run("scale", "gateway", "3").output().contains("still starting"));
    Cli.Result down = cli.run("down");
    assertEquals(0, down.exitCode(), down.output());
    String said = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, up.waitFor(), said);
    assertFalse(said.contains("parley:"), said);
    awaitNoProcessHere();
    assertFalse(Files.exists(cli.data().resolve("state.json")));
    assertFalse(Files.exists(cli.data().resolve("fresh")));
  }

  @Test
  void wrongUsageIsSaidInOneSentenceWithExitCode2() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"up", "--brokers", "2"},
          {"up", "--gateways", "0"},
          {"up", "--port", "0"},
          {"up", "--set", "mail.a=1"},
          {"up", "--set", "gateway-1.port=x"},
          {"scale", "presence-service", "2"},
          {"scale", "gateway", "0"}
        }) {
      Cli.Result result = cli.run(wrong);
      assertEquals(2, result.exitCode(), result.output());
      assertEquals(1, result.output().lines().count(), result.output());
    }
  }

  /// Each process is there once, and none is forgotten: `nothingIsLeft` would find it.
  private void scaleTwiceAtOnce() throws Exception {
    Process one = cli.start("scale", "gateway", "3");
    assertEquals(0, cli.run("scale", "gateway", "3").exitCode());
    assertEquals(0, one.waitFor());
  }

  private boolean initdbRunsOrRan() throws IOException {
    try (Stream<Path> made = Files.list(cli.data().resolve("fresh"))) {
      return made.map(each -> each.getFileName().toString())
          .anyMatch(name -> name.startsWith("initdb") || name.equals("postgres"));
    } catch (NoSuchFileException notYet) {
      return false;
    }
  }

  /// What a killed command had started ends by itself, a moment after it.
  private void awaitNoProcessHere() {
    await().atMost(LONG).untilAsserted(() -> assertEquals(List.of(), processesHere()));
  }

  /// The command lines of all processes that work in this test's directory.
  private List<String> processesHere() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(command -> command.contains(directory.toString()))
        .toList();
  }

  private void aProcessThatDiesIsNamedAndStartedAgain() throws Exception {
    long victim = cli.status().get("gateway-1").pid();
    ProcessHandle.of(victim).orElseThrow().destroyForcibly();
    awaitAnother("gateway-1", victim);
    String said = Files.readString(new DataDirectory(cli.data()).log("supervisor"));
    assertTrue(said.contains("gateway-1 ended with signal 9"), said);
    assertTrue(said.contains("gateway-1 starts again in 1.0 s"), said);
  }

  /// It waited for its clients to go, took no new ones, and whoever had to start needed it.
  private void aDatabaseThatIsAskedToEndDoesNotWaitForItsClients() throws Exception {
    long victim = cli.status().get("postgres").pid();
    try (Connection client = database()) {
      ProcessHandle.of(victim).orElseThrow().destroy();
      awaitAnother("postgres", victim);
      assertFalse(client.isValid(1));
    }
  }

  private Connection database() throws Exception {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + cli.status().get("postgres").port() + "/messages",
        "messages",
        Secrets.of(cli.data().resolve("data")).messagesPassword());
  }

  private void awaitAnother(String process, long victim) {
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> {
          ProcessReport report = cli.status().get(process);
          return report.state().equals("ready") && report.pid() != victim;
        });
  }

  private void aTakenPortAndADirectoryInUseAreOneSentenceEach() throws Exception {
    Cli.Result sameData = cli.run("up", "--port", Integer.toString(Ports.free()));
    assertEquals(1, sameData.exitCode());
    assertTrue(sameData.output().startsWith("parley: Another stack uses"), sameData.output());
    assertEquals(1, sameData.output().lines().count(), sameData.output());

    Cli other = new Cli(cli.root(), directory.resolve("other"));
    Cli.Result samePort = other.run("up", "--detach", "--port", port);
    assertEquals(1, samePort.exitCode());
    assertEquals(
        "parley: Port " + port + " is taken; choose another one with --port.",
        samePort.output().strip());
  }

  private List<Long> killSupervisor() throws Exception {
    List<Long> pids = pids();
    var state = new DataDirectory(cli.data()).state().read().orElseThrow();
    ProcessHandle supervisor = state.supervisor().find().orElseThrow();
    supervisor.destroyForcibly();
    supervisor.onExit().join();
    assertEquals(pids, alive(pids));
    return pids;
  }

  private List<Long> pids() throws Exception {
    return cli.status().values().stream().map(ProcessReport::pid).toList();
  }

  private static List<Long> alive(List<Long> pids) {
    return pids.stream()
        .filter(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
        .toList();
  }

  private List<String> routedGateways() throws Exception {
    try (Stream<String> lines = Files.lines(cli.data().resolve("run/routes.properties"))) {
      String line = lines.filter(each -> each.startsWith("gateways=")).findFirst().orElseThrow();
      return List.of(line.split(",", -1));
    }
  }
}
