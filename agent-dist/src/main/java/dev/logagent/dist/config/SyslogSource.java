package dev.logagent.dist.config;

import dev.logagent.api.option.Options;
import dev.logagent.api.tls.Pem;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.config.InputConfig.Syslog.Protocol;
import dev.logagent.core.config.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads the keys of a source of {@code type = "syslog"}. */
final class SyslogSource {

    private static final long MAX_MESSAGE_BYTES = 64 << 10;
    private static final long MAX_CONNECTIONS = 256;
    private static final long RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final char[] NO_PASSWORD = new char[0];

    private final Options source;
    private final Surroundings surroundings;
    private final BiConsumer<String, String> problems;

    private SyslogSource(Options source, Surroundings surroundings, BiConsumer<String, String> problems) {
        this.source = source;
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /**
     * What the keys say.
     *
     * @param problems gets a key and what is wrong with its value
     * @return null if something is wrong
     */
    static @Nullable Syslog of(Options source, Surroundings surroundings, BiConsumer<String, String> problems) {
        return new SyslogSource(source, surroundings, problems).read();
    }

    private @Nullable Syslog read() {
        Protocol protocol = Protocol.valueOf(
                source.optionalString(SourceTable.PROTOCOL).orElse("udp").toUpperCase(Locale.ROOT));
        InetSocketAddress listen = listen();
        ServerTls tls = protocol == Protocol.TLS ? tls() : null;
        if (protocol != Protocol.TLS) {
            for (String key : List.of(SourceTable.TLS_CERT, SourceTable.TLS_KEY, SourceTable.TLS_CA)) {
                if (source.has(key)) {
                    problems.accept(key, "'" + key + "' is only for 'protocol = \"tls\"'");
                }
            }
        }
        if (listen == null || (protocol == Protocol.TLS && tls == null)) {
            return null;
        }
        return new Syslog(
                protocol,
                listen,
                tls,
                source.has(SourceTable.TLS_CA),
                number(SourceTable.MAX_MESSAGE_BYTES, MAX_MESSAGE_BYTES),
                number(SourceTable.MAX_CONNECTIONS, MAX_CONNECTIONS),
                number(SourceTable.RECEIVE_BUFFER_BYTES, RECEIVE_BUFFER_BYTES));
    }

    private int number(String key, long standard) {
        return (int) (source.has(key) ? source.integer(key) : standard);
    }

    private @Nullable InetSocketAddress listen() {
        DashboardTable.Listen listen =
                DashboardTable.parse(source.optionalString(SourceTable.LISTEN).orElse(""));
        if (listen == null) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port());
        } catch (UnknownHostException e) {
            problems.accept(SourceTable.LISTEN, "'listen' names a host that is not known here: " + listen.host());
            return null;
        }
    }

    private @Nullable ServerTls tls() {
        Optional<String> cert = source.optionalString(SourceTable.TLS_CERT);
        Optional<String> key = source.optionalString(SourceTable.TLS_KEY);
        if (cert.isEmpty() || key.isEmpty()) {
            problems.accept(SourceTable.PROTOCOL, "'protocol = \"tls\"' needs 'tls_cert' and 'tls_key'");
            return null;
        }
        List<X509Certificate> chain =
                read(SourceTable.TLS_CERT, () -> Pem.certificates(surroundings.absolute(cert.get())));
        PrivateKey own = read(SourceTable.TLS_KEY, () -> Pem.privateKey(surroundings.absolute(key.get())));
        List<X509Certificate> trusted = source.optionalString(SourceTable.TLS_CA)
                .map(ca -> read(SourceTable.TLS_CA, () -> Pem.certificates(surroundings.absolute(ca))))
                .orElse(List.of());
        if (chain == null || own == null || trusted == null) {
            return null;
        }
        try {
            if (!belongs(own, chain.get(0))) {
                problems.accept(SourceTable.TLS_KEY, "'tls_key' is not the key of the first certificate in 'tls_cert'");
                return null;
            }
            return new ServerTls(context(own, chain, trusted), contents(own, chain, trusted));
        } catch (GeneralSecurityException | IOException e) {
            problems.accept(SourceTable.TLS_CERT, "'tls_cert' cannot be used: " + e.getMessage());
            return null;
        }
    }

    private interface PemFile<T> {
        T read() throws IOException;
    }

    private <T> @Nullable T read(String key, PemFile<T> file) {
        try {
            return file.read();
        } catch (IOException e) {
            problems.accept(key, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Whether what the key signs is what the certificate confirms. */
    private static boolean belongs(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        byte[] anything = "log-agent".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(anything);
        return signature.verify(signed);
    }

    /** A digest of everything that TLS goes by. */
    private static String contents(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> trusted)
            throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(key.getEncoded());
        for (X509Certificate certificate : chain) {
            digest.update(certificate.getEncoded());
        }
        digest.update((byte) trusted.size());
        for (X509Certificate certificate : trusted) {
            digest.update(certificate.getEncoded());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static SSLContext context(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> trusted)
            throws GeneralSecurityException, IOException {
        KeyStore own = emptyStore();
        own.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        KeyStore others = emptyStore();
        for (int i = 0; i < trusted.size(); i++) {
            others.setCertificateEntry("ca-" + i, trusted.get(i));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(others);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.isEmpty() ? null : trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
