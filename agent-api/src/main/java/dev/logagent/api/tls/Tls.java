package dev.logagent.api.tls;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.Options;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust, and what to show, as the four {@code tls_…} options say it. Immutable.
 *
 * @param verified whether certificates and host names are verified
 */
public record Tls(SSLSocketFactory sockets, X509TrustManager trust, boolean verified) {

    /** {@code tls_ca}: whom to trust. */
    public static final OptionSpec CA = OptionSpec.string("tls_ca")
            .range(1, 4_096)
            .doc("A PEM file with the certificate authorities to trust, instead of the system's.");

    /** {@code tls_cert}: what to show to a server that asks. */
    public static final OptionSpec CERT = OptionSpec.string("tls_cert")
            .range(1, 4_096)
            .doc("A PEM file with the client's certificate and its chain; needs tls_key.");

    /** {@code tls_key}: the proof that the certificate is the client's. */
    public static final OptionSpec KEY = OptionSpec.string("tls_key")
            .range(1, 4_096)
            .doc("A PEM file with the client's private key (PKCS#8, not encrypted); needs tls_cert.");

    /** {@code tls_insecure}: trust whoever answers. */
    public static final OptionSpec INSECURE = OptionSpec.bool("tls_insecure")
            .defaultsTo(false)
            .doc("Accept any certificate under any name: anyone on the way can read and change the logs.");

    private static final char[] NO_PASSWORD = new char[0];

    /**
     * What the options say, read from their files.
     *
     * @param options of a table that declares {@link #CA}, {@link #CERT}, {@link #KEY} and {@link #INSECURE}
     * @param problems gets what cannot be used
     * @return null when the options leave everything as the JDK has it, or when there are problems
     */
    public static @Nullable Tls from(Options options, Consumer<OptionProblem> problems) {
        Optional<String> ca = options.optionalString("tls_ca");
        Optional<String> cert = options.optionalString("tls_cert");
        Optional<String> key = options.optionalString("tls_key");
        boolean insecure = options.bool("tls_insecure");
        if (cert.isPresent() != key.isPresent()) {
            String given = cert.isPresent() ? "tls_cert" : "tls_key";
            String missing = cert.isPresent() ? "tls_key" : "tls_cert";
            problems.accept(problem(given, "'" + given + "' needs '" + missing + "' too"));
        }
        List<X509Certificate> authorities =
                ca.map(file -> certificates("tls_ca", file, problems)).orElse(List.of());
        List<X509Certificate> chain =
                cert.map(file -> certificates("tls_cert", file, problems)).orElse(List.of());
        PrivateKey own = key.map(file -> privateKey(file, problems)).orElse(null);
        if (ca.isEmpty() && cert.isEmpty() && !insecure) {
            return null;
        }
        try {
            X509TrustManager trust = insecure ? new TrustAll() : trustManager(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(own, chain), new TrustManager[] {trust}, null);
            return new Tls(context.getSocketFactory(), trust, !insecure);
        } catch (GeneralSecurityException | IOException e) {
            problems.accept(problem(cert.isPresent() ? "tls_cert" : "tls_ca", "cannot be used: " + e.getMessage()));
            return null;
        }
    }

    private static List<X509Certificate> certificates(String option, String file, Consumer<OptionProblem> problems) {
        try {
            return Pem.certificates(Path.of(file));
        } catch (IOException | IllegalArgumentException e) {
            problems.accept(problem(option, e.getMessage()));
            return List.of();
        }
    }

    private static @Nullable PrivateKey privateKey(String file, Consumer<OptionProblem> problems) {
        try {
            return Pem.privateKey(Path.of(file));
        } catch (IOException | IllegalArgumentException e) {
            problems.accept(problem("tls_key", e.getMessage()));
            return null;
        }
    }

    private static OptionProblem problem(String option, @Nullable String message) {
        return new OptionProblem(List.of(option), OptionProblem.Place.VALUE, String.valueOf(message), null);
    }

    /** Trusts these authorities, or those of the system when there are none. */
    private static X509TrustManager trustManager(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = null;
        if (!authorities.isEmpty()) {
            store = emptyStore();
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca-" + i, authorities.get(i));
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this JDK cannot verify X.509 certificates");
    }

    private static KeyManager @Nullable [] keyManagers(@Nullable PrivateKey key, List<X509Certificate> chain)
            throws GeneralSecurityException, IOException {
        if (key == null || chain.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** For {@code tls_insecure}. An extended one, because the JDK adds checks of its own to any other. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
