package dev.logagent.dist.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The way to a destination, step by step: name, port, certificate. Sends nothing but a greeting of TLS. */
public final class NetworkCheck {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Pattern ADDRESS =
            Pattern.compile("(?:([a-z]+)://)?(?:[^/@]*@)?(\\[[^\\]]+]|[^:/?#,]+)(?::([0-9]{1,5}))?.*", Pattern.DOTALL);
    private static final Map<String, Integer> PORTS =
            Map.of("http", 80, "https", 443, "ws", 80, "wss", 443, "amqp", 5672, "amqps", 5671);

    private NetworkCheck() {}

    /**
     * Tries the way to each server that an end point names.
     *
     * @param endPoint as configured, several servers separated by commas
     */
    public static void run(String endPoint, Consumer<Finding> findings) {
        for (String server : endPoint.split(",", -1)) {
            Matcher parts = ADDRESS.matcher(server.strip().toLowerCase(Locale.ROOT));
            if (parts.matches()) {
                String scheme = parts.group(1) == null ? "" : parts.group(1);
                int port = parts.group(3) == null ? PORTS.getOrDefault(scheme, 0) : Integer.parseInt(parts.group(3));
                if (port > 0 && port <= 65_535) {
                    check(scheme, parts.group(2), port, findings);
                }
            }
        }
    }

    private static void check(String scheme, String host, int port, Consumer<Finding> findings) {
        InetAddress address;
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            address = all[0];
            findings.accept(Finding.ok(
                    "name " + host,
                    "is "
                            + Arrays.stream(all)
                                    .map(InetAddress::getHostAddress)
                                    .distinct()
                                    .toList()));
        } catch (UnknownHostException e) {
            findings.accept(Finding.fail(
                    "name " + host,
                    "is not known here: check its spelling in end_point, /etc/resolv.conf, and getent hosts " + host));
            return;
        }
        String what = "port " + host + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
            findings.accept(Finding.ok(what, "takes connections"));
            if (scheme.equals("https") || scheme.equals("wss") || scheme.equals("amqps")) {
                findings.accept(tls(socket, host, port));
            }
        } catch (IOException e) {
            findings.accept(Finding.fail(
                    what,
                    e.getMessage()
                            + ": is the server up and listening there, and does a firewall let this host through?"));
        }
    }

    /** Takes any certificate: it is to be judged here, and not to be relied on. */
    private static Finding tls(Socket plain, String host, int port) {
        String what = "certificate of " + host + ":" + port;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anything()}, null);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, false)) {
                socket.startHandshake();
                Certificate[] chain = socket.getSession().getPeerCertificates();
                return CertificateCheck.judge(what, (X509Certificate) chain[0], host, "renew it on the server");
            }
        } catch (IOException | GeneralSecurityException e) {
            return Finding.fail(what, "TLS fails: " + e.getMessage() + "; does the server speak TLS 1.2 or 1.3 there?");
        }
    }

    private static final class Anything implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Never asked.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // The caller judges.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
