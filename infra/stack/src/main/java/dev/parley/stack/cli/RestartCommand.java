package dev.parley.stack.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "restart",
    description = "Stops one process in order and starts it again at the same port.",
    mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(paramLabel = "NAME", description = "Its name, as status shows it.")
  private String name = "";

  @Override
  public Integer call() throws IOException {
    Control.post(Control.running(data.directory()), "/restart/" + name);
    return 0;
  }
}
