package dev.logagent.dist.config;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.api.option.Options;
import dev.logagent.api.tls.Pem;
import dev.logagent.dist.config.DashboardConfig.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code [dashboard]}: who may reach it, and what it needs for that. */
final class DashboardChecks {

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;
    private final Surroundings surroundings;

    DashboardChecks(ConfigTree tree, ProblemPlaces places, Findings findings, Surroundings surroundings) {
        this.tree = tree;
        this.places = places;
        this.findings = findings;
        this.surroundings = surroundings;
    }

    /** What the table says; its problems are reported. */
    DashboardConfig check(Options table) {
        boolean enabled = table.has(DashboardTable.ENABLED)
                ? table.bool(DashboardTable.ENABLED)
                : tree.values().containsKey(ConfigTables.DASHBOARD);
        DashboardTable.Listen listen =
                DashboardTable.parse(table.optionalString(DashboardTable.LISTEN).orElse(""));
        String token = table.optionalString(DashboardTable.TOKEN).orElse(null);
        if (enabled && listen != null) {
            checkReach(listen, token);
        }
        return new DashboardConfig(
                enabled,
                listen == null ? "" : listen.host(),
                listen == null ? 0 : listen.port(),
                token,
                enabled ? identity(table) : null,
                table.list(DashboardTable.ALLOWED_HOSTS).stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }

    private void checkReach(DashboardTable.Listen listen, @Nullable String token) {
        try {
            boolean own = InetAddress.getByName(listen.host()).isLoopbackAddress();
            if (!own && token == null && !isWrong(DashboardTable.TOKEN)) {
                report(
                        DashboardTable.LISTEN,
                        "'listen' lets other hosts in, so the dashboard needs a 'token'",
                        "set token = \"${file:/path/to/token}\", or listen on 127.0.0.1:" + listen.port());
            }
        } catch (UnknownHostException e) {
            report(DashboardTable.LISTEN, "'listen' names a host that is not known here: " + listen.host(), null);
        }
    }

    /** Whether a key was given, but is not valid. */
    private boolean isWrong(String key) {
        return tree.location(List.of(ConfigTables.DASHBOARD, key)) != null;
    }

    private @Nullable Identity identity(Options table) {
        Optional<String> cert = table.optionalString(DashboardTable.TLS_CERT);
        Optional<String> key = table.optionalString(DashboardTable.TLS_KEY);
        if (cert.isEmpty() && key.isEmpty()) {
            return null;
        }
        if (cert.isEmpty() || key.isEmpty()) {
            String given = cert.isPresent() ? DashboardTable.TLS_CERT : DashboardTable.TLS_KEY;
            String missing = cert.isPresent() ? DashboardTable.TLS_KEY : DashboardTable.TLS_CERT;
            report(given, "'" + given + "' needs '" + missing + "' too", null);
            return null;
        }
        List<X509Certificate> chain =
                read(DashboardTable.TLS_CERT, () -> Pem.certificates(surroundings.absolute(cert.get())));
        PrivateKey own = read(DashboardTable.TLS_KEY, () -> Pem.privateKey(surroundings.absolute(key.get())));
        return chain == null || own == null ? null : new Identity(own, chain);
    }

    private interface PemFile<T> {
        T read() throws IOException;
    }

    private <T> @Nullable T read(String key, PemFile<T> file) {
        try {
            return file.read();
        } catch (IOException | InvalidPathException e) {
            report(key, String.valueOf(e.getMessage()), null);
            return null;
        }
    }

    private void report(String key, String message, @Nullable String hint) {
        places.locate(new OptionProblem(List.of(ConfigTables.DASHBOARD, key), Place.VALUE, message, hint))
                .ifPresent(findings::add);
    }
}
