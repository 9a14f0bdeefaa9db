package dev.parley.contracts.frame;

import dev.parley.contracts.ErrorCode;
import java.util.OptionalLong;

/// What came of reading one object of a client.
public sealed interface ParsedFrame {
  /// Its form is right.
  record Accepted(ClientFrame frame) implements ParsedFrame {}

  /// It is answered with an error if it has an id, else with silence.
  ///
  /// @param type the command that it names, whether known or not
  /// @param message for the client: what is wrong and what would be right
  record Refused(OptionalLong id, String type, ErrorCode code, String message)
      implements ParsedFrame {}

  /// The client does not speak the protocol: the connection is closed with
  /// [dev.parley.contracts.CloseCode#BROKEN_PROTOCOL].
  ///
  /// @param reason for the close frame, at most 123 bytes
  record Broken(String reason) implements ParsedFrame {}
}
