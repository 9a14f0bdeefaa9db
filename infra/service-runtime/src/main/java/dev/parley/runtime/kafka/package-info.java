/// The Kafka topics of an installation: their names and their creation.
@NullMarked
package dev.parley.runtime.kafka;

import org.jspecify.annotations.NullMarked;
