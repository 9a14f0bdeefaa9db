package dev.parley.servers;

import com.sun.security.auth.module.UnixSystem;
import java.util.List;
import java.util.Locale;

/// The operating systems and processors for which executables are at hand.
enum Platform {
  LINUX_AMD64("postgres-linux-x86_64.txz", "redis-server-6.2.6-v5-linux-amd64"),
  LINUX_ARM64("postgres-linux-arm_64.txz", "redis-server-6.2.7-linux-arm64"),
  DARWIN_AMD64("postgres-darwin-x86_64.txz", "redis-server-6.2.6-v5-darwin-amd64"),
  DARWIN_ARM64("postgres-darwin-arm_64.txz", "redis-server-6.2.6-v5-darwin-arm64");

  private final String postgres;
  private final String redis;

  Platform(String postgres, String redis) {
    this.postgres = postgres;
    this.redis = redis;
  }

  static Platform current() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    boolean arm = processor.equals("aarch64");
    if (!arm && !processor.equals("amd64") && !processor.equals("x86_64")) {
      throw new IllegalStateException("no embedded servers for the processor " + processor);
    }
    if (system.startsWith("linux")) {
      return arm ? LINUX_ARM64 : LINUX_AMD64;
    }
    if (system.startsWith("mac")) {
      return arm ? DARWIN_ARM64 : DARWIN_AMD64;
    }
    throw new IllegalStateException("no embedded servers for the operating system " + system);
  }

  /// The resource that holds PostgreSQL.
  String postgres() {
    return postgres;
  }

  /// The resource that is Redis' executable.
  String redis() {
    return redis;
  }

  /// What must stand before a command that refuses to run as root, such as PostgreSQL's: in a user
  /// namespace of its own the same process (`unshare` ends in `exec`) has no user's rights beyond
  /// those to its own files.
  static List<String> withoutRoot() {
    return new UnixSystem().getUid() == 0 ? List.of("unshare", "-U") : List.of();
  }
}
