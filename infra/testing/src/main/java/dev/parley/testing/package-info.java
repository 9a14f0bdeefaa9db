/// What the tests of all modules share: real Kafka, PostgreSQL and Redis that start once per build,
/// access tokens, and the table of who may do what.
///
/// A Quarkus application's tests name the resource once, on any of their classes:
///
/// ```java
/// @QuarkusTest
/// @QuarkusTestResource(ParleyBackends.class)
/// class SequencerIT { ... }
/// ```
///
/// It sets `kafka.bootstrap.servers`, `quarkus.datasource.jdbc.url`, `.username` and `.password`,
/// `quarkus.redis.hosts`, `parley.kafka.topic-prefix`, `parley.redis.key-prefix`, `parley.auth.url`
/// and `parley.service-credential`. Without Quarkus the same is at hand as
/// [dev.parley.testing.Backends#ofThisProcess()] and [dev.parley.testing.TokenIssuer#shared()].
/// Each test process has a database and prefixes of its own, so tests of different modules, or two
/// forks of one, never meet. Dev Services are off, ports are chosen free.
///
/// The servers are real. Where a Docker engine answers they are containers, else processes from
/// Maven Central's artifacts; `-Dparley.test.backends=embedded` or `docker` decides it. They belong
/// to the Maven process that runs the tests, and end with it.
@NullMarked
package dev.parley.testing;

import org.jspecify.annotations.NullMarked;
