package dev.logagent.dist.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Who may look. The name that a browser uses for the server is checked as well as the page that asks: else any page on the
 * web could have the dashboard read out by a browser on this host (DNS rebinding). Immutable.
 */
final class Access {

    /** The cookie of those who have given the token. */
    static final String COOKIE = "log-agent-session";

    private static final String BEARER = "bearer ";
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.%]+]");

    /** For those who come in by the local socket: the system has let nobody in but the owner of the state folder. */
    static final Access LOCAL = new Access();

    private final boolean local;
    private final String ownHost;
    private final Set<String> allowedHosts;
    private final boolean anyHost;
    private final byte @Nullable [] token;
    private final byte[] session;

    /**
     * The rules.
     *
     * @param ownHost what the configuration listens on
     * @param token what visitors must know, or null
     */
    Access(String ownHost, Set<String> allowedHosts, @Nullable String token) {
        this.local = false;
        this.ownHost = ownHost.toLowerCase(Locale.ROOT);
        this.allowedHosts = Set.copyOf(allowedHosts);
        this.anyHost = token != null && allowedHosts.isEmpty();
        this.token = token == null ? null : utf8(token);
        this.session = token == null ? new byte[0] : utf8(sessionOf(token));
    }

    private Access() {
        local = true;
        ownHost = "localhost";
        allowedHosts = Set.of();
        anyHost = false;
        token = null;
        session = new byte[0];
    }

    /** The same for the same token, so that a browser need not ask again when the agent has been restarted. */
    private static String sessionOf(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(utf8(token), mac.getAlgorithm()));
            return HexFormat.of().formatHex(mac.doFinal(utf8("log-agent dashboard session")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Whether the server may be asked for under the name in the {@code Host} header. */
    boolean isKnownHost(@Nullable String host) {
        if (host == null) {
            return false;
        }
        if (anyHost) {
            return true;
        }
        String name = withoutPort(host.toLowerCase(Locale.ROOT));
        return name.equals("localhost")
                || IP_ADDRESS.matcher(name).matches()
                || name.equals(ownHost)
                || allowedHosts.contains(name);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    /** Whether the page that asks, if it is one, is the server's own. */
    static boolean isOwnOrigin(@Nullable String origin, String host) {
        if (origin == null) {
            return true;
        }
        int end = origin.indexOf("://");
        return end >= 0 && origin.substring(end + 3).equalsIgnoreCase(host);
    }

    boolean needsToken() {
        return token != null;
    }

    /** Whether these headers show that the visitor knows the token, if there is one. */
    boolean isAllowed(@Nullable String authorization, @Nullable String session) {
        if (token == null) {
            return true;
        }
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return isToken(authorization.substring(BEARER.length()).strip());
        }
        return session != null && MessageDigest.isEqual(utf8(session), this.session);
    }

    /**
     * Whether these headers show that the visitor may have the agent do something. A cookie counts only on the server's own
     * page, which a browser names when something is to be done.
     */
    boolean mayAct(@Nullable String authorization, @Nullable String session, @Nullable String origin) {
        return local
                || (token != null && isAllowed(authorization, session) && (authorization != null || origin != null));
    }

    /** Whether there is a way to have the agent do something. */
    boolean canAct() {
        return local || token != null;
    }

    boolean isToken(String given) {
        return token != null && MessageDigest.isEqual(utf8(given), token);
    }

    /** What a visitor who has given the token is recognised by. */
    String session() {
        return new String(session, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
