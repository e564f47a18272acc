package dev.logagent.transport.kafka;

import dev.logagent.testkit.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The one broker of all tests that leave it as they found it; it creates no topic by itself. Ends with the JVM. */
final class TestCluster {

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private static final TestCluster INSTANCE = start();

    private final KafkaBroker broker;
    private final Admin admin;

    private TestCluster(KafkaBroker broker) {
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
    }

    static TestCluster get() {
        return INSTANCE;
    }

    KafkaBroker broker() {
        return broker;
    }

    /** A new topic with a name of its own. */
    String newTopic() throws Exception {
        String name = "topic-" + TOPICS.incrementAndGet();
        create(name, Map.of());
        return name;
    }

    void create(String topic, Map<String, String> settings) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(3), Optional.empty()).configs(settings)))
                .all()
                .get();
    }

    /** Keeps the user from writing to a topic. */
    void forbid(String topic) throws InterruptedException, ExecutionException {
        admin.createAcls(List.of(
                        acl(topic, AclOperation.WRITE, AclPermissionType.DENY),
                        // What has a rule is closed for all that has none.
                        acl(topic, AclOperation.DESCRIBE, AclPermissionType.ALLOW)))
                .all()
                .get();
    }

    private static AclBinding acl(String topic, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:" + KafkaBroker.USER, "*", operation, permission));
    }

    /** Makes the cluster know one more user, by SCRAM-SHA-256. */
    void addUser(String name, String password) throws InterruptedException, ExecutionException {
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4_096), password)))
                .all()
                .get();
    }

    /** How many bytes the topic takes on the broker's disk. */
    long storedBytes(String topic) throws InterruptedException, ExecutionException {
        return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                .flatMap(broker -> broker.values().stream())
                .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().equals(topic))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    private static TestCluster start() {
        try {
            // Below target/, so that a broker's log outlives a failed test.
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "kafka-");
            return new TestCluster(
                    KafkaBroker.start(folder.toAbsolutePath(), Map.of("auto.create.topics.enable", "false")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
