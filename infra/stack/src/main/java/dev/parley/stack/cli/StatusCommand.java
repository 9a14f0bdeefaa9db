package dev.parley.stack.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.stack.supervisor.ProcessReport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = "Shows every process of the stack.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "As a JSON array.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    String text = Control.get(Control.running(data.directory()), "/status");
    if (json) {
      out.println(text);
      return 0;
    }
    List<ProcessReport> reports =
        new JsonMapper().readValue(text, new TypeReference<List<ProcessReport>>() {});
    out.printf("%-20s %-9s %8s %6s %8s%n", "NAME", "STATE", "PID", "PORT", "MEMORY");
    for (ProcessReport report : reports) {
      out.printf(
          "%-20s %-9s %8d %6d %5d MiB%n",
          report.name(), report.state(), report.pid(), report.port(), report.rssBytes() >> 20);
    }
    return 0;
  }
}
