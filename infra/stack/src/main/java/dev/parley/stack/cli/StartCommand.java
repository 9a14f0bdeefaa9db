package dev.parley.stack.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "start", description = "Starts a stopped process.", mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(paramLabel = "NAME", description = "Its name, as status shows it.")
  private String name = "";

  @Override
  public Integer call() throws IOException {
    Control.post(Control.running(data.directory()), "/start/" + name);
    return 0;
  }
}
