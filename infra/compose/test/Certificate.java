import module java.base;

/// A certificate that has signed itself, for this machine and two days.
record Certificate(KeyStore store) {
  private static final char[] PASSWORD = "only for this test".toCharArray();
  private static final String ALIAS = "entry";

  /// Makes one with the JDK's keytool, and writes it with its key to `entry.pem` in `directory`, as
  /// the entry wants it.
  static Certificate in(Path directory) throws Exception {
    Path file = Files.createTempDirectory("certificate").resolve("store.p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    Until.require(keytool.waitFor() == 0, "keytool has failed");
    var store = KeyStore.getInstance(file.toFile(), PASSWORD);
    Files.delete(file);
    Files.delete(file.getParent());
    String pem =
        pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded())
            + pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded());
    // The entry is not root, and nobody else has this key.
    Path written = Files.writeString(directory.resolve("entry.pem"), pem);
    Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r--r--"));
    return new Certificate(store);
  }

  /// What trusts this one and nothing else.
  SSLContext trusted() throws Exception {
    var trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trust);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static String pem(String what, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(content), what);
  }
}
