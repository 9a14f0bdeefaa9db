package dev.parley.auth.keys;

import dev.parley.contracts.token.AccessTokens;
import dev.parley.contracts.token.SigningAlgorithm;
import dev.parley.runtime.internal.Secrets;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The signing keys: the first is made at the first start, a new one at each end of the rotation
/// period. A key is published before it signs and until the last token that it signed has ended, so
/// that two are published during the overlap. Several instances share them through the database and
/// agree by a lock in it.
///
/// Thread-safe. What reads the set does not block; what changes it waits for the database.
@ApplicationScoped
public class SigningKeys {
  private static final Logger LOG = Logger.getLogger(SigningKeys.class);
  private static final String ENCRYPTION_KEY = "parley.auth.key-encryption-key";

  private final KeyConfig config;
  private final KeyEncryption encryption;
  private final PostgresKeyLock lock;
  private final Clock clock = Clock.systemUTC();
  private volatile KeySet known = new KeySet(List.of());

  /// @param secret Encrypts the signing keys in the database; at least 16 characters. Default none:
  ///   without it the service does not start, and with another one than before neither.
  SigningKeys(
      KeyConfig config,
      @ConfigProperty(name = ENCRYPTION_KEY) Optional<String> secret,
      PostgresKeyLock lock) {
    this.config = config;
    this.lock = lock;
    this.encryption = new KeyEncryption(Secrets.require(ENCRYPTION_KEY, secret));
  }

  /// The keys as last read.
  KeySet known() {
    return known;
  }

  /// The name of the key that signs now, and the key.
  KeySet.Entry signing() {
    return known.signing(clock.instant());
  }

  /// Reads the keys anew, removes those that are over, and makes one if one is due.
  void maintain() {
    known =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              KeySet keys = read();
              return isDue(keys) || !over(keys).isEmpty() ? renewed() : keys;
            });
  }

  /// Makes a new key, which signs after the lead.
  ///
  /// @param algorithm null for that of the key before
  KeySet.Entry rotate(@Nullable SigningAlgorithm algorithm) {
    KeySet.Entry made =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              lock.take();
              SigningAlgorithm next = algorithm == null ? read().algorithm() : algorithm;
              return make(next, clock.instant().plus(config.lead()));
            });
    maintain();
    LOG.infof("signing key %s (%s) signs from %s", made.kid(), made.algorithm(), made.signsFrom());
    return made;
  }

  /// Removes a key at once, for one that may have leaked: tokens that it signed are refused as soon
  /// as verifiers read the key set again. If it was the signing one, another signs from now.
  ///
  /// @return false if there is no such key
  boolean withdraw(String kid) {
    boolean found =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              lock.take();
              return SigningKey.deleteById(kid);
            });
    maintain();
    if (found) {
      LOG.warnf("signing key %s has been withdrawn", kid);
    }
    return found;
  }

  // Under the lock, what another instance has done meanwhile counts.
  private KeySet renewed() {
    lock.take();
    KeySet keys = read();
    over(keys).forEach(key -> SigningKey.deleteById(key.kid()));
    Instant now = clock.instant();
    if (!keys.signs(now)) {
      // Since a while ago, so that an instance whose clock is behind does not make another one.
      make(keys.algorithm(), now.minus(config.lead()));
    } else if (isDue(keys)) {
      make(keys.algorithm(), now.plus(config.lead()));
    }
    return read();
  }

  private boolean isDue(KeySet keys) {
    Instant now = clock.instant();
    return !keys.signs(now)
        || keys.keys().getLast().signsFrom().plus(config.rotation()).isBefore(now);
  }

  private List<KeySet.Entry> over(KeySet keys) {
    return keys.over(clock.instant().minus(AccessTokens.LONGEST_LIFE).minus(config.lead()));
  }

  private KeySet.Entry make(SigningAlgorithm algorithm, Instant signsFrom) {
    try {
      KeyPair pair = KeyPairs.make(algorithm);
      SigningKey row = new SigningKey();
      row.kid = UUID.randomUUID().toString();
      row.algorithm = algorithm.name();
      row.publicKey = pair.getPublic().getEncoded();
      row.privateKey = encryption.encrypt(row.kid, pair.getPrivate().getEncoded());
      row.createdAt = clock.instant();
      row.signsFrom = signsFrom;
      row.persistAndFlush();
      return entry(row);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK makes no keys for " + algorithm, e);
    }
  }

  private KeySet read() {
    List<KeySet.Entry> entries = new ArrayList<>();
    for (SigningKey row : SigningKey.inOrder()) {
      entries.add(entry(row));
    }
    return new KeySet(List.copyOf(entries));
  }

  private KeySet.Entry entry(SigningKey row) {
    SigningAlgorithm algorithm = SigningAlgorithm.of(row.algorithm);
    if (algorithm == null) {
      throw new IllegalStateException(
          "signing key %s is for %s, which this version does not know"
              .formatted(row.kid, row.algorithm));
    }
    try {
      return new KeySet.Entry(
          row.kid,
          algorithm,
          KeyPairs.publicKey(algorithm, row.publicKey),
          KeyPairs.privateKey(algorithm, encryption.decrypt(row.kid, row.privateKey)),
          row.signsFrom);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "signing key %s does not open: the database was filled with another %s"
              .formatted(row.kid, ENCRYPTION_KEY),
          e);
    }
  }
}
