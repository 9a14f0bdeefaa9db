package dev.parley.chaos.stack;

import dev.parley.chaos.check.Rest;
import dev.parley.chaos.schedule.Topology;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// What a run is made against. Thread-safe; calls block.
public sealed interface Stack permits ChaosStack, ContainerStack {
  /// What there is to break.
  Topology topology();

  /// Returns when all of it is ready.
  ///
  /// @throws IOException if it is not, or cannot be used for a run
  void start() throws IOException, InterruptedException;

  /// Lets go of it when the run is over.
  void stop() throws IOException, InterruptedException;

  /// Where people come in.
  URI entry();

  /// The JDBC address of the messages, credentials included.
  String database();

  /// Whether a process serves, or did when it was last asked.
  boolean isReady(String process) throws IOException, InterruptedException;

  /// SIGKILL of its main process, as a crash would end it: something starts it again.
  ///
  /// @return which of its lives that was, for [#isReadyAgain]
  long kill(String process) throws IOException, InterruptedException;

  /// Whether a process serves in a later life than `killed`.
  boolean isReadyAgain(String process, long killed) throws IOException, InterruptedException;

  /// How long to wait between two such questions.
  Duration pace();

  /// Records that wait for each consumer group.
  List<Rest.Lag> lags() throws IOException, InterruptedException;

  /// Processes that ended by themselves and through no fault, one sentence each.
  List<String> crashes();

  /// Takes the measures that those of the end are compared with: people are connected and talk, and
  /// nothing was broken yet.
  void begin() throws IOException, InterruptedException;

  /// What each process holds, and may.
  List<Rest.Memory> memories() throws IOException, InterruptedException;

  /// Sessions that the gateways count, together.
  ///
  /// @throws IOException if one of them does not say
  long sessions() throws IOException, InterruptedException;
}
