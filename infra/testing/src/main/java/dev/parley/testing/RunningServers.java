package dev.parley.testing;

/// Kafka, PostgreSQL and Redis, running. [#close()] ends them at once: nobody wants their data.
interface RunningServers extends AutoCloseable {
  Addresses addresses();

  @Override
  void close();
}
