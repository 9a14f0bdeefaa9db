package dev.parley.stack.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "scale",
    description = "Starts more gateways, or stops the last ones.",
    mixinStandardHelpOptions = true)
final class ScaleCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "gateway", description = "What to scale.")
  private String what = "";

  @Parameters(index = "1", paramLabel = "N", description = "How many there shall be.")
  private int wanted;

  @Override
  public Integer call() throws IOException {
    if (!what.equals("gateway")) {
      throw new IllegalArgumentException(
          "Only gateways can be scaled while running: ./parley scale gateway N.");
    }
    if (wanted < 1) {
      throw new IllegalArgumentException("At least one gateway is needed.");
    }
    Control.post(Control.running(data.directory()), "/gateways/" + wanted);
    return 0;
  }
}
