package dev.parley.stack.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.servers.Repository;
import dev.parley.stack.supervisor.ProcessReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The program as people run it: in a process of its own, against one data directory.
record Cli(Path root, Path data) {
  record Result(int exitCode, String output) {}

  Result run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Repository.java(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dparley.root=" + root,
            "-cp",
            System.getProperty("java.class.path"),
            Parley.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  Map<String, ProcessReport> status() throws IOException, InterruptedException {
    Result result = run("status", "--json");
    if (result.exitCode() != 0) {
      throw new IOException(result.output());
    }
    return new JsonMapper()
        .readValue(result.output(), new TypeReference<List<ProcessReport>>() {}).stream()
            .collect(Collectors.toMap(ProcessReport::name, Function.identity()));
  }
}
