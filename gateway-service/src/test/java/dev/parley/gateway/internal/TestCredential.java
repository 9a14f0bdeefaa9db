package dev.parley.gateway.internal;

import dev.parley.runtime.internal.ServiceCredential;
import java.util.Optional;

/// A service's credential without an application.
public final class TestCredential {
  private TestCredential() {}

  public static ServiceCredential create() throws ReflectiveOperationException {
    var constructor = ServiceCredential.class.getDeclaredConstructor(Optional.class);
    constructor.setAccessible(true);
    return constructor.newInstance(Optional.of("0123456789abcdef0123456789abcdef"));
  }
}
