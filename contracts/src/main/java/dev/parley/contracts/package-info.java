/// What Parley's services say to each other and to clients: names, records and codecs. It knows no
/// framework, so that every service, test and tool can share it.
@NullMarked
package dev.parley.contracts;

import org.jspecify.annotations.NullMarked;
