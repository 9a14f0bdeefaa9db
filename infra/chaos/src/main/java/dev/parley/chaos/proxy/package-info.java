/// TCP links that can be broken at run time: what `tc netem` and a firewall would do, where the
/// machine has neither.
@NullMarked
package dev.parley.chaos.proxy;

import org.jspecify.annotations.NullMarked;
