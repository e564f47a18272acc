package dev.logagent.dist.check;

import dev.logagent.api.tls.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How long certificates are valid, and for which names. */
public final class CertificateCheck {

    private static final int SCARCE_DAYS = 21;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private CertificateCheck() {}

    /** Looks at the PEM files among those that a configuration names; other ones are passed over. */
    public static void run(Collection<Path> files, Consumer<Finding> findings) {
        for (Path file : files) {
            try {
                if (Files.readString(file).contains("-----BEGIN CERTIFICATE-----")) {
                    for (X509Certificate certificate : Pem.certificates(file)) {
                        findings.accept(judge(
                                "certificate " + file,
                                certificate,
                                null,
                                "put a new one there; log-agent reload reads it"));
                    }
                }
            } catch (IOException e) {
                findings.accept(Finding.warn("file " + file, "cannot be read: " + e.getMessage()));
            }
        }
    }

    /**
     * Judges one.
     *
     * @param host the name it must hold, or null if that does not matter
     * @param remedy what to do when it expires
     */
    static Finding judge(String what, X509Certificate certificate, @Nullable String host, String remedy) {
        Instant end = certificate.getNotAfter().toInstant();
        long days = Duration.between(Instant.now(), end).toDays();
        if (Instant.now().isAfter(end)) {
            return Finding.fail(what, "expired at " + end + ": " + remedy);
        }
        if (Instant.now().isBefore(certificate.getNotBefore().toInstant())) {
            return Finding.fail(
                    what,
                    "valid only from " + certificate.getNotBefore().toInstant() + ": is the clock of this host right?");
        }
        if (host != null) {
            List<String> names = names(certificate);
            if (names.stream().noneMatch(name -> matches(name, host))) {
                return Finding.fail(
                        what,
                        "is for " + names + ", not for " + host + ": use one of these names in end_point, or have the"
                                + " server show another certificate");
            }
        }
        return days < SCARCE_DAYS
                ? Finding.warn(what, "expires in " + days + " days: " + remedy)
                : Finding.ok(what, "valid for " + days + " days");
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            @Nullable Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> name : alternatives) {
                    if (Integer.valueOf(DNS_NAME).equals(name.get(0))
                            || Integer.valueOf(IP_ADDRESS).equals(name.get(0))) {
                        names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            names.clear();
        }
        return names;
    }

    private static boolean matches(String name, String host) {
        if (name.startsWith("*.")) {
            int dot = host.indexOf('.');
            return dot > 0 && host.substring(dot).equals(name.substring(1));
        }
        try {
            return name.equals(host)
                    || (Character.digit(name.charAt(0), 16) >= 0
                            && host.matches("[0-9.]+|\\[.*")
                            && InetAddress.getByName(name).equals(InetAddress.getByName(host)));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
