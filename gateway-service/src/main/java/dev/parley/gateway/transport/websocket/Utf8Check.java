package dev.parley.gateway.transport.websocket;

/// Checks that bytes which come in parts are UTF-8 (RFC 3629: no surrogates, nothing overlong,
/// nothing above U+10FFFF). Fails at the first byte that cannot belong.
final class Utf8Check {
  private int missing;
  private int lower = 0x80;
  private int upper = 0xBF;

  /// Takes the next part; false if the text can no longer be UTF-8.
  boolean accepts(byte[] part) {
    for (byte signed : part) {
      if (missing == 0 && signed >= 0) {
        continue;
      }
      int value = signed & 0xFF;
      if (missing == 0 ? !begins(value) : !continues(value)) {
        return false;
      }
    }
    return true;
  }

  /// Whether the text may end here; begins anew.
  boolean complete() {
    boolean complete = missing == 0;
    missing = 0;
    lower = 0x80;
    upper = 0xBF;
    return complete;
  }

  private boolean begins(int lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
      missing = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      missing = 2;
      lower = lead == 0xE0 ? 0xA0 : 0x80;
      upper = lead == 0xED ? 0x9F : 0xBF;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      missing = 3;
      lower = lead == 0xF0 ? 0x90 : 0x80;
      upper = lead == 0xF4 ? 0x8F : 0xBF;
    } else {
      return false;
    }
    return true;
  }

  private boolean continues(int value) {
    boolean fits = value >= lower && value <= upper;
    missing--;
    lower = 0x80;
    upper = 0xBF;
    return fits;
  }
}
