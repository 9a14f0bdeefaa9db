/// Starts real servers as processes of their own: Kafka (KRaft), PostgreSQL and Redis.
///
/// A [Server] says how one is prepared, started, asked whether it is ready and stopped;
/// [ServerProcess] is one that runs. Executables are unpacked once into
/// `infra/servers/target/binaries` of the repository (see [Repository]).
@NullMarked
package dev.parley.servers;

import org.jspecify.annotations.NullMarked;
