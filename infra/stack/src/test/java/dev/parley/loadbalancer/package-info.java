/// Stands in for the load balancer's program, under its name.
@NullMarked
package dev.parley.loadbalancer;

import org.jspecify.annotations.NullMarked;
