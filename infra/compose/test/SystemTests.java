import module java.base;

/// The tests of infra/system-tests, run by Maven against the stack as it stands behind its entry.
///
/// @param authority of the entry
record SystemTests(Compose stack, Api api, String authority) {
  private static final Path REPORT =
      Path.of("infra/system-tests/target/failsafe-reports/failsafe-summary.xml");

  private static final Path LOG = Path.of("target/compose-system-tests.log");

  /// Fails if one fails, or none runs. Tokens are short-lived meanwhile.
  void pass() {
    withTokens("-f", "docker-compose.yml", "-f", "infra/compose/test/short-tokens.yml");
    try {
      run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    withTokens("-f", "docker-compose.yml");
  }

  private void withTokens(String... files) {
    stack.compose(
        Stream.concat(Stream.of(files), Stream.of("up", "--wait", "--no-deps", "auth-service"))
            .toArray(String[]::new));
    api.get("/api/auth/jwks", "", 200);
  }

  private void run() throws IOException, InterruptedException {
    Files.deleteIfExists(REPORT);
    Files.createDirectories(LOG.getParent());
    int code =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-ntp",
                "verify",
                "-pl",
                "infra/system-tests",
                "-am",
                "-Dtest=NONE",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dit.test=dev.parley.system.*IT",
                "-Dfailsafe.failIfNoSpecifiedTests=false",
                "-Dspotless.check.skip",
                "-Djacoco.skip",
                "-Dcyclonedx.skip",
                "-Denforcer.skip",
                "-Dparley.system.compose=" + stack.project(),
                "-Dparley.system.entry=http://" + authority)
            .redirectErrorStream(true)
            .redirectOutput(LOG.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      try (var lines = Files.lines(LOG)) {
        lines.filter(line -> line.startsWith("[ERROR]")).limit(100).forEach(IO::println);
      }
      throw new IllegalStateException("Maven ended with " + code + "; all of it is in " + LOG);
    }
    String report = Files.readString(REPORT);
    long skipped = count(report, "skipped");
    long ran = count(report, "completed") - skipped;
    Until.require(ran > 0, "no system test ran; " + LOG + " says why");
    IO.println(
        "        %d system tests ran, %d that need processes were skipped".formatted(ran, skipped));
  }

  private static long count(String report, String what) {
    var found = Pattern.compile("<" + what + ">(\\d+)</").matcher(report);
    Until.require(found.find(), "no " + what + " in " + report);
    return Long.parseLong(found.group(1));
  }
}
