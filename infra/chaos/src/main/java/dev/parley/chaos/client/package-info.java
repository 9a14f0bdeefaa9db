/// The people of a run: real sessions over WebSockets that behave as the protocol demands of a
/// client, and write down all that they intend and see. Each device lives on one event loop.
@NullMarked
package dev.parley.chaos.client;

import org.jspecify.annotations.NullMarked;
