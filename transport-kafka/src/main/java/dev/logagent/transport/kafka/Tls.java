package dev.logagent.transport.kafka;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** What the {@code tls_…} options mean for the client. The PEM files are read once, when the transport is made. */
final class Tls {

    private static final List<String> DEPENDENT = List.of("tls_ca", "tls_cert", "tls_key", "tls_key_password");
    private static final String CERTIFICATE = "CERTIFICATE";

    private Tls() {}

    /** Adds the properties of the client. Needs {@code tls} to be on for the others. */
    static void addTo(Map<String, Object> properties, Options options, Consumer<OptionProblem> problems) {
        if (!options.bool("tls")) {
            DEPENDENT.stream()
                    .filter(options::has)
                    .forEach(key -> problems.accept(problem(key, "needs 'tls = true' too")));
            return;
        }
        needs(options, "tls_cert", "tls_key", problems);
        needs(options, "tls_key", "tls_cert", problems);
        needs(options, "tls_key_password", "tls_key", problems);
        if (!options.bool("tls_verify_host")) {
            properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
        }
        String authorities = read(options, "tls_ca", CERTIFICATE, problems);
        if (authorities != null) {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, new Password(authorities));
        }
        String chain = read(options, "tls_cert", CERTIFICATE, problems);
        String key = read(options, "tls_key", "PRIVATE KEY", problems);
        if (chain != null && key != null) {
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
            properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, new Password(chain));
            properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, new Password(key));
            options.optionalString("tls_key_password")
                    .ifPresent(word -> properties.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, new Password(word)));
        }
        tryOut(properties, problems);
    }

    /** Lets Kafka read the certificates and the key, as it will do for each connection. */
    private static void tryOut(Map<String, Object> properties, Consumer<OptionProblem> problems) {
        Map<String, Object> complete = new ConfigDef().withClientSslSupport().parse(properties);
        try (DefaultSslEngineFactory engines = new DefaultSslEngineFactory()) {
            engines.configure(complete);
        } catch (KafkaException e) {
            boolean own = properties.containsKey(SslConfigs.SSL_KEYSTORE_KEY_CONFIG);
            problems.accept(problem(own ? "tls_cert" : "tls_ca", "cannot be used: " + KafkaOutcome.excerpt(e)));
        }
    }

    private static void needs(Options options, String given, String missing, Consumer<OptionProblem> problems) {
        if (options.has(given) && !options.has(missing)) {
            problems.accept(problem(given, "needs '" + missing + "' too"));
        }
    }

    /** The file's text, or null where there is none or it does not hold what it should. */
    private static @Nullable String read(
            Options options, String option, String block, Consumer<OptionProblem> problems) {
        String file = options.optionalString(option).orElse(null);
        if (file == null) {
            return null;
        }
        try {
            String text = Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
            if (text.contains("-----BEGIN RSA PRIVATE KEY") || text.contains("-----BEGIN EC PRIVATE KEY")) {
                problems.accept(problem(
                        option,
                        "names a key that is not PKCS#8; convert it with: openssl pkcs8 -topk8" + " -nocrypt -in "
                                + file + " -out key.pem"));
                return null;
            }
            if (!text.contains("-----BEGIN " + block) && !text.contains("-----BEGIN ENCRYPTED " + block)) {
                problems.accept(problem(option, "names " + file + ", which has no line BEGIN " + block));
                return null;
            }
            return text;
        } catch (NoSuchFileException e) {
            problems.accept(problem(option, "names " + file + ", and there is no such file"));
        } catch (IOException | IllegalArgumentException e) {
            problems.accept(problem(
                    option,
                    "names " + file + ", which cannot be read (" + e.getClass().getSimpleName() + ")"));
        }
        return null;
    }

    private static OptionProblem problem(String option, String message) {
        return new OptionProblem(List.of(option), OptionProblem.Place.VALUE, "'" + option + "' " + message, null);
    }
}
