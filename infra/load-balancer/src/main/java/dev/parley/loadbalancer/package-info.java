/// The one HTTP entry in front of gateways and services.
@NullMarked
package dev.parley.loadbalancer;

import org.jspecify.annotations.NullMarked;
