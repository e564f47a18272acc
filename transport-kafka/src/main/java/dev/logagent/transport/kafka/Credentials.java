package dev.logagent.transport.kafka;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** What {@code sasl_mechanism}, {@code username} and {@code password} mean for the client. */
final class Credentials {

    private static final List<String> KEYS = List.of("sasl_mechanism", "username", "password");

    private Credentials() {}

    /** Whether the agent shows who it is. */
    static boolean given(Options options) {
        return options.has("sasl_mechanism");
    }

    /** Finds what is missing, or would show the password to others. */
    static void check(Options options, Bootstrap bootstrap, Consumer<OptionProblem> problems) {
        List<String> given = KEYS.stream().filter(options::has).toList();
        if (!given.isEmpty() && given.size() < KEYS.size()) {
            KEYS.stream()
                    .filter(key -> !options.has(key))
                    .forEach(missing -> problems.accept(new OptionProblem(
                            List.of(given.get(0)),
                            OptionProblem.Place.VALUE,
                            "'" + given.get(0) + "' needs '" + missing + "' too",
                            null)));
        }
        boolean plain =
                options.optionalString("sasl_mechanism").filter("PLAIN"::equals).isPresent();
        if (plain && !options.bool("tls") && !bootstrap.isThisHost()) {
            problems.accept(new OptionProblem(
                    List.of("sasl_mechanism"),
                    OptionProblem.Place.VALUE,
                    "'PLAIN' would send the password unencrypted to another host",
                    "set tls = true, or use SCRAM-SHA-512"));
        }
    }

    /** Adds the properties of the client. */
    static void addTo(Map<String, Object> properties, Options options) {
        String mechanism = options.string("sasl_mechanism");
        Class<?> module = mechanism.equals("PLAIN") ? PlainLoginModule.class : ScramLoginModule.class;
        properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
        properties.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                new Password(module.getName() + " required username=" + quoted(options.string("username"))
                        + " password=" + quoted(options.string("password")) + ";"));
    }

    /** A value in the syntax of JAAS, which knows the escapes of Java; control characters are refused by the options. */
    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
