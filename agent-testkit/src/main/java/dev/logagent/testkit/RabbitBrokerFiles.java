package dev.logagent.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The files that a {@link RabbitBroker} reads when it starts. */
final class RabbitBrokerFiles {

    private static final byte[] SALT = {1, 2, 3, 4};

    private RabbitBrokerFiles() {}

    static void write(Path folder, int port, int tlsPort, TestCertificates certificates, List<String> virtualHosts)
            throws IOException {
        TestIdentity server = certificates.server("127.0.0.1");
        Path definitions = Files.writeString(folder.resolve("definitions.json"), definitions(virtualHosts));
        Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
        Files.writeString(
                folder.resolve("rabbitmq.conf"),
                String.join(
                        "\n",
                        "listeners.tcp.local = 127.0.0.1:" + port,
                        "listeners.ssl.local = 127.0.0.1:" + tlsPort,
                        "ssl_options.cacertfile = "
                                + certificates.authority().writeCertificate(folder.resolve("ca.pem")),
                        "ssl_options.certfile = " + server.writeCertificate(folder.resolve("server.pem")),
                        "ssl_options.keyfile = " + server.writeKey(folder.resolve("server.key")),
                        "ssl_options.verify = verify_peer",
                        "ssl_options.fail_if_no_peer_cert = true",
                        "load_definitions = " + definitions,
                        "max_message_size = " + RabbitBroker.MAX_MESSAGE_BYTES,
                        "disk_free_limit.absolute = 10MB",
                        ""));
    }

    private static String definitions(List<String> virtualHosts) {
        List<String> hosts = new ArrayList<>(virtualHosts);
        hosts.add("/");
        List<String> permissions = new ArrayList<>();
        for (String host : hosts) {
            permissions.add(permission(RabbitBroker.USER, host, ".*", ".*"));
            permissions.add(permission(RabbitBroker.RESTRICTED_USER, host, "^$", "^(?!secret)"));
        }
        return "{\"users\":[" + user(RabbitBroker.USER) + "," + user(RabbitBroker.RESTRICTED_USER) + "],\"vhosts\":["
                + String.join(
                        ",",
                        hosts.stream()
                                .map(host -> "{\"name\":\"" + host + "\"}")
                                .toList())
                + "],\"permissions\":[" + String.join(",", permissions) + "]}";
    }

    private static String user(String name) {
        return "{\"name\":\"" + name + "\",\"password_hash\":\"" + hash(RabbitBroker.PASSWORD)
                + "\",\"hashing_algorithm\":\"rabbit_password_hashing_sha256\",\"tags\":\"\"}";
    }

    private static String permission(String user, String host, String configure, String write) {
        return "{\"user\":\"" + user + "\",\"vhost\":\"" + host + "\",\"configure\":\"" + configure + "\",\"write\":\""
                + write + "\",\"read\":\".*\"}";
    }

    /** The salt, and the hash of salt and password. */
    private static String hash(String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(SALT);
            byte[] hash = digest.digest(password.getBytes(StandardCharsets.UTF_8));
            byte[] salted = new byte[SALT.length + hash.length];
            System.arraycopy(SALT, 0, salted, 0, SALT.length);
            System.arraycopy(hash, 0, salted, SALT.length, hash.length);
            return Base64.getEncoder().encodeToString(salted);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
