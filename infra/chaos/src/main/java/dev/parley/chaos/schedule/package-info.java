/// What is broken when: a pure function of the seed.
@NullMarked
package dev.parley.chaos.schedule;

import org.jspecify.annotations.NullMarked;
