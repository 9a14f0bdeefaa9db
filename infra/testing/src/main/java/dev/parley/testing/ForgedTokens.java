package dev.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tokens that every door of Parley must refuse as not authenticated: forged, misused, or broken.
/// Where an attacker could hold a genuine signature (a token of another purpose, an expired one),
/// the genuine key signs here too, so that each token fails for its one named reason.
public final class ForgedTokens {
  /// One of them.
  ///
  /// @param name what is wrong with it
  public record Forged(String name, String token) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Duration LIFE = Duration.ofMinutes(15);

  private final String kid;
  private final RSAPrivateCrtKey key;
  private final RSAPublicKey publicKey;
  private final RSAPrivateCrtKey foreign;
  private final UUID user;
  private final List<Forged> made = new ArrayList<>();

  private ForgedTokens(String kid, RSAPrivateCrtKey key, UUID user)
      throws GeneralSecurityException {
    this.kid = kid;
    this.key = key;
    this.publicKey =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    this.foreign = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    this.user = user;
  }

  /// All of them, in the name of `user`.
  ///
  /// @param kid the name of a published key
  /// @param key that key
  public static List<Forged> all(String kid, RSAPrivateCrtKey key, UUID user) {
    try {
      ForgedTokens tokens = new ForgedTokens(kid, key, user);
      tokens.algorithms();
      tokens.keys();
      tokens.claims();
      tokens.times();
      tokens.shapes();
      return List.copyOf(tokens.made);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void algorithms() {
    for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
      String unsigned = Jws.input(header(h -> h.put("alg", none)), claims(c -> {}));
      add("alg '" + none + "' without signature", unsigned + ".");
      add("alg '" + none + "' with a signature", unsigned + "." + Jws.sign(key, unsigned));
    }
    byte[] pem =
        ("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(publicKey.getEncoded())
                + "\n-----END PUBLIC KEY-----\n")
            .getBytes(UTF_8);
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    secrets.put("the public key's DER", publicKey.getEncoded());
    secrets.put("the public key's PEM", pem);
    secrets.put("the public key's modulus", publicKey.getModulus().toByteArray());
    secrets.put("the key's name", kid.getBytes(UTF_8));
    for (var secret : secrets.entrySet()) {
      String input = Jws.input(header(h -> h.put("alg", "HS256")), claims(c -> {}));
      add("HS256 with " + secret.getKey(), input + "." + Jws.mac(secret.getValue(), input));
    }
    for (String alg :
        List.of(
            "HS256", "RS384", "RS512", "PS256", "ES256", "EdDSA", "rs256", "RS256 ", "RSA-OAEP")) {
      String input = Jws.input(header(h -> h.put("alg", alg)), claims(c -> {}));
      add("alg '" + alg + "' over an RS256 signature", input + "." + Jws.sign(key, input));
    }
    header("no alg", h -> h.remove("alg"));
    header("alg is a number", h -> h.put("alg", 256));
    header("alg is a list", h -> h.put("alg", List.of("RS256")));
  }

  private void keys() {
    foreign("signed by a foreign key under a published name", h -> {});
    foreign("signed by a foreign key under its own name", h -> h.put("kid", "foreign"));
    foreign("foreign key without a name", h -> h.remove("kid"));
    foreign("foreign key embedded as jwk", h -> h.put("jwk", jwk()));
    foreign(
        "foreign key embedded as jwk, without kid",
        h -> {
          h.remove("kid");
          h.put("jwk", jwk());
        });
    foreign("foreign key by jku", h -> h.put("jku", "http://127.0.0.1:9/jwks"));
    foreign("foreign key by x5u", h -> h.put("x5u", "http://127.0.0.1:9/cert.pem"));
    foreign("foreign key by x5c", h -> h.put("x5c", List.of("MIIB")));
    header("no kid", h -> h.remove("kid"));
    header("empty kid", h -> h.put("kid", ""));
    header("unknown kid", h -> h.put("kid", UUID.randomUUID().toString()));
    header("kid is a path", h -> h.put("kid", "../../../../dev/null"));
    header("kid is SQL", h -> h.put("kid", "' OR 1=1 --"));
    header("kid is a list", h -> h.put("kid", List.of(kid)));
    header("kid is null", h -> h.put("kid", null));
    header("unknown critical extension", h -> h.put("crit", List.of("exp")));
    header("typ of an ID token", h -> h.put("typ", "JWT"));
    header("typ of a refresh token", h -> h.put("typ", "rt+jwt"));
    header("no typ", h -> h.remove("typ"));
  }

  private void claims() {
    for (String name : List.of("iss", "aud", "sub", "sid", "jti", "iat", "exp")) {
      claim("no " + name, c -> c.remove(name));
      claim(name + " is null", c -> c.put(name, null));
      claim(name + " is an object", c -> c.put(name, Map.of()));
    }
    claim("another issuer", c -> c.put("iss", "https://example.org"));
    claim("issuer with a suffix", c -> c.put("iss", "parley.example.org"));
    claim("another audience", c -> c.put("aud", "billing"));
    claim("audience in capitals", c -> c.put("aud", "PARLEY"));
    claim("no audience of many", c -> c.put("aud", List.of("billing", "mail")));
    claim("empty sub", c -> c.put("sub", ""));
    claim("sub is a name", c -> c.put("sub", "ann"));
    claim("sub is a short UUID", c -> c.put("sub", "1-1-1-1-1"));
    claim("sub in capitals", c -> c.put("sub", user.toString().toUpperCase(Locale.ROOT)));
    claim("sub with a NUL", c -> c.put("sub", user + "\0"));
    claim("sid is a name", c -> c.put("sid", "phone"));
    claim("sid is a number", c -> c.put("sid", 7));
  }

  private void times() {
    long now = Instant.now().getEpochSecond();
    claim("expired a minute ago", c -> c.put("exp", now - 60));
    claim("expired long ago", c -> c.put("exp", 1));
    claim("exp is negative", c -> c.put("exp", -1));
    claim("exp is text", c -> c.put("exp", Long.toString(now + 600)));
    claim("exp beyond every number", c -> c.put("exp", new BigInteger("9".repeat(40))));
    claim("lives for a year", c -> c.put("exp", now + 31_536_000));
    claim("not valid yet", c -> c.put("nbf", now + 600));
    claim(
        "issued in the future",
        c -> {
          c.put("iat", now + 600);
          c.put("exp", now + 900);
        });
    claim("iat is text", c -> c.put("iat", "yesterday"));
  }

  private void shapes() {
    String good = token(header(h -> {}), claims(c -> {}));
    String[] parts = good.split("\\.", -1);
    add("trailing garbage", good + "garbage");
    add("trailing line break", good + "%0A");
    add("trailing dot", good + ".");
    add("a fourth part", good + "." + parts[2]);
    add("five parts, as encrypted ones have", good + ".AAAA.AAAA");
    add("padding", good + "==");
    add("without its signature", parts[0] + "." + parts[1] + ".");
    add("two parts", parts[0] + "." + parts[1]);
    add("signature cut short", good.substring(0, good.length() - 4));
    add("signature of zeros", parts[0] + "." + parts[1] + "." + Jws.base64(new byte[256]));
    add("one bit of the signature changed", parts[0] + "." + parts[1] + "." + flipped(parts[2]));
    add("unused bits of the last character changed", withOddEnd(good));
    add("claims of another token", parts[0] + "." + Jws.base64("{\"sub\":\"x\"}") + "." + parts[2]);
    add("header is not JSON", Jws.base64("RS256") + "." + parts[1] + "." + parts[2]);
    add("header is a list", Jws.base64("[]") + "." + parts[1] + "." + parts[2]);
    add("header is not base64", "{}" + "." + parts[1] + "." + parts[2]);
    String twice =
        Jws.base64(
            "{\"alg\":\"none\",\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}");
    add("alg given twice", twice + "." + parts[1] + "." + Jws.sign(key, twice + "." + parts[1]));
    for (String payload : List.of("", "null", "[]", "7", "{", "{\"sub\":", "\"text\"")) {
      String input = parts[0] + "." + Jws.base64(payload);
      add("claims are '" + payload + "'", input + "." + Jws.sign(key, input));
    }
    add("oversized", token(header(h -> {}), claims(c -> c.put("more", "x".repeat(7000)))));
    add("one dot", ".");
    add("dots alone", "..");
    add("one word", "x");
    add("an opaque refresh token", Jws.base64(new byte[32]));
  }

  private void header(String name, Consumer<Map<String, @Nullable Object>> change) {
    add(name, token(header(change), claims(c -> {})));
  }

  private void claim(String name, Consumer<Map<String, @Nullable Object>> change) {
    add(name, token(header(h -> {}), claims(change)));
  }

  private void foreign(String name, Consumer<Map<String, @Nullable Object>> change) {
    String input = Jws.input(header(change), claims(c -> {}));
    add(name, input + "." + Jws.sign(foreign, input));
  }

  private void add(String name, String token) {
    made.add(new Forged(name, token));
  }

  private Map<String, @Nullable Object> header(Consumer<Map<String, @Nullable Object>> change) {
    Map<String, @Nullable Object> header = new LinkedHashMap<>();
    header.put("alg", "RS256");
    header.put("typ", "at+jwt");
    header.put("kid", kid);
    change.accept(header);
    return header;
  }

  private Map<String, @Nullable Object> claims(Consumer<Map<String, @Nullable Object>> change) {
    Map<String, @Nullable Object> claims =
        new LinkedHashMap<>(TokenIssuer.claims(user, UUID.randomUUID(), Instant.now().plus(LIFE)));
    change.accept(claims);
    return claims;
  }

  private Map<String, Object> jwk() {
    return Map.of(
        "kty",
        "RSA",
        "kid",
        kid,
        "n",
        Jws.base64(foreign.getModulus()),
        "e",
        Jws.base64(foreign.getPublicExponent()));
  }

  private String token(Map<String, ?> header, Map<String, ?> claims) {
    String input = Jws.input(header, claims);
    return input + "." + Jws.sign(key, input);
  }

  private static String flipped(String signature) {
    byte[] bytes = Base64.getUrlDecoder().decode(signature);
    bytes[100] ^= 1;
    return Jws.base64(bytes);
  }

  // 256 bytes leave four unused bits in the last character; a lenient decoder ignores them.
  private static String withOddEnd(String token) {
    char last = token.charAt(token.length() - 1);
    return token.substring(0, token.length() - 1) + (char) (last + 1);
  }
}
