package dev.logagent.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A real Kafka broker (KRaft, alone or with another) in a JVM of its own, which can be stopped, killed and started again
 * with all it has. It has a listener for every way in: open, open through a {@link TcpProxy}, with TLS, with a password,
 * and with both.
 *
 * <p>Its jars come from the Kafka installation that the environment variable {@value #HOME_VARIABLE} names, else from the
 * class path, where {@code org.apache.kafka:kafka_2.13} must be. Not safe for use by several threads.
 */
public final class KafkaBroker implements AutoCloseable {

    /** The only user, who comes in with a password. */
    public static final String USER = "alice";

    /** A password with characters that have a meaning somewhere. */
    public static final String PASSWORD = "pa\"ss\\ w'ord;=";

    private static final String HOME_VARIABLE = "LOG_AGENT_TEST_KAFKA_HOME";
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 30;

    private final Path folder;
    private final TestCertificates certificates = TestCertificates.create();
    private final int openPort = freePort();
    private final int proxyTargetPort = freePort();
    private final int tlsPort = freePort();
    private final int passwordPort = freePort();
    private final int securePort = freePort();
    private final int controllerPort;
    private final int node;
    private final TcpProxy proxy = TcpProxy.to(proxyTargetPort);
    private final Thread lastResort = new Thread(this::kill, "kafka-broker-kill");
    private Process process;

    private KafkaBroker(Path folder, int node, int controllerPort, Map<String, String> more)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.node = node;
        this.controllerPort = controllerPort;
        writeProperties(more);
        format();
        process = launch();
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /**
     * Makes a broker and waits until it answers.
     *
     * @param folder an empty folder for all that it writes
     * @param more properties of the broker besides the fixture's own, or instead of them
     */
    public static KafkaBroker start(Path folder, Map<String, String> more) throws IOException, InterruptedException {
        KafkaBroker broker = new KafkaBroker(folder, 1, freePort(), more);
        broker.awaitAnswer();
        return broker;
    }

    /** Makes node 2 of the cluster that has begun with that broker, which stays its controller; waits for its answer. */
    public static KafkaBroker join(Path folder, KafkaBroker first) throws IOException, InterruptedException {
        KafkaBroker broker = new KafkaBroker(folder, 2, first.controllerPort, Map.of());
        broker.awaitAnswer();
        return broker;
    }

    /** Address of the open listener, {@code host:port}. */
    public String address() {
        return address(openPort);
    }

    /** Address of the open listener behind {@link #proxy}. */
    public String proxiedAddress() {
        return address(proxy.port());
    }

    /** What stands before {@link #proxiedAddress}. */
    public TcpProxy proxy() {
        return proxy;
    }

    /** Address of the listener with TLS, which also wants to see a certificate of {@link #certificates}. */
    public String tlsAddress() {
        return address(tlsPort);
    }

    /** Address of the listener for {@link #USER}, by PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512, without TLS. */
    public String passwordAddress() {
        return address(passwordPort);
    }

    /** The same as {@link #passwordAddress}, with TLS; it asks for no certificate. */
    public String secureAddress() {
        return address(securePort);
    }

    /** The authority of the broker's certificate and of those that it trusts. */
    public TestCertificates certificates() {
        return certificates;
    }

    /** Stops the broker as an operator does, and waits for its end. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Ends the broker at once, without a chance to say goodbye. */
    public void kill() {
        ProcessTree.kill(process);
    }

    /** Starts the broker again at the same addresses, and waits until it answers. */
    public void restart() throws IOException, InterruptedException {
        process = launch();
        awaitAnswer();
    }

    @Override
    public void close() {
        kill();
        proxy.close();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private void writeProperties(Map<String, String> more) throws IOException {
        TestIdentity server = certificates.server("127.0.0.1");
        Path keyStore = folder.resolve("server.pem");
        Files.writeString(
                keyStore,
                Files.readString(server.writeKey(folder.resolve("key.pem")))
                        + Files.readString(server.writeCertificate(folder.resolve("cert.pem"))));
        Path trustStore = certificates.authority().writeCertificate(folder.resolve("ca.pem"));
        Properties properties = new Properties();
        properties.putAll(KafkaBrokerProperties.of(folder.resolve("data"), keyStore, trustStore));
        properties.putAll(KafkaBrokerProperties.node(
                node,
                Map.of(
                        "OPEN", openPort,
                        "PROXIED", proxyTargetPort,
                        "TLS", tlsPort,
                        "PASSWORD", passwordPort,
                        "SECURE", securePort),
                Map.of("PROXIED", proxy.port()),
                controllerPort));
        properties.putAll(more);
        try (Writer out = Files.newBufferedWriter(folder.resolve("server.properties"))) {
            properties.store(out, null);
        }
    }

    private void format() throws IOException, InterruptedException {
        String credentials = "[name=\"" + USER + "\",password=\"" + PASSWORD + "\"]";
        Process format = java(
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                "AAAAAAAAAAAAAAAAAAAAAA",
                "--config",
                "server.properties",
                "--add-scram",
                "SCRAM-SHA-256=" + credentials,
                "--add-scram",
                "SCRAM-SHA-512=" + credentials);
        if (format.waitFor() != 0) {
            throw new IOException("cannot format the broker's storage:\n" + output());
        }
    }

    private Process launch() throws IOException {
        return java("kafka.Kafka", "server.properties");
    }

    private Process java(String... mainAndArguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath()));
        command.addAll(List.of(mainAndArguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private static String classPath() {
        String home = System.getenv(HOME_VARIABLE);
        if (home != null) {
            return Path.of(home, "libs").resolve("*").toString();
        }
        if (KafkaBroker.class.getResource("/kafka/Kafka.class") == null) {
            throw new IllegalStateException("no Kafka broker to test with: let " + HOME_VARIABLE
                    + " name the folder of an installation, or put org.apache.kafka:kafka_2.13 on the test class path");
        }
        return System.getProperty("java.class.path");
    }

    /** The end of a start: a listener accepts connections long before it answers. */
    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (System.nanoTime() > deadline || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                kill();
                throw new IOException("the broker does not start:\n" + output());
            }
        }
    }

    /** Whether it answers a request for the versions it speaks (ApiVersions, version 0). */
    private boolean answers() {
        byte[] request = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, -1, -1};
        try (Socket socket = new Socket()) {
            socket.connect(Loopback.port(openPort), 1_000);
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(request);
            return new DataInputStream(socket.getInputStream()).readInt() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String output() throws IOException {
        return Files.readString(log(), StandardCharsets.UTF_8);
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(Loopback.port(0));
            return socket.getLocalPort();
        }
    }
}
