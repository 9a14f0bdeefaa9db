package dev.parley.messages.signals;

import dev.parley.contracts.signal.Signal;
import dev.parley.messages.fanout.Outgoing.Trace;

/// A signal as it came from a gateway.
///
/// @param fresh whether it is young enough to be shown; read positions count whatever their age
record Arrived(Signal signal, boolean fresh, Trace trace) {}
