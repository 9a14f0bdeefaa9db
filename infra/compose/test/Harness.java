import module java.base;

/// The fault harness (`./parley chaos --compose`) against the stack: it sees more than [Crowd] does.
///
/// @param entry authority of the entry
/// @param database authority of PostgreSQL, as it is published for this test
/// @param results file that it writes
record Harness(Compose stack, String entry, String database, Path results) {
  private static final int CLIENTS = 60;
  private static final int RATE = 30;

  /// Kills every container once while people talk, and says whether a promise was broken.
  void run() {
    var containers = stack.containers().stream().map(stack::name).toList();
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Dparley.root=" + Path.of("").toAbsolutePath(),
            "-cp",
            "infra/chaos/target/parley-chaos.jar:infra/chaos/target/lib/*",
            "dev.parley.chaos.cli.Chaos",
            "--compose=" + stack.project(),
            "--entry=http://" + entry,
            "--database=jdbc:postgresql://" + database + "/messages?user=messages",
            "--only=kill",
            "--faults=" + containers.size(),
            "--clients=" + CLIENTS,
            "--rate=" + RATE,
            "--out=" + results);
    var harness = new ProcessBuilder(command).inheritIO();
    harness
        .environment()
        .put(
            "PARLEY_DATABASE_PASSWORD",
            stack
                .compose("exec", "-T", "postgres", "cat", "/run/parley/postgres/messages")
                .strip());
    try {
      int code = harness.start().waitFor();
      Until.require(code == 0, "the harness ended with " + code);
      String told = Files.readString(results);
      Until.require(told.contains("\"failed\" : [ ]"), "not every kill could be done");
      for (String container : containers) {
        Until.require(
            told.contains("\"target\" : \"" + container + '"'), container + " was not killed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
