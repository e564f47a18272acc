package dev.logagent.transport.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks a cluster about itself and about a topic. Sends no record, and creates no topic. */
final class ClusterCheck {

    private final ClientProperties properties;
    private final KafkaOutcome outcome;

    ClusterCheck(ClientProperties properties, KafkaOutcome outcome) {
        this.properties = properties;
        this.outcome = outcome;
    }

    /**
     * Tries it.
     *
     * @param topic the topic to ask for, or null if it depends on the event
     * @return what was found, one line
     * @throws IOException with a message for the user
     */
    String run(@Nullable String topic) throws IOException, InterruptedException {
        Admin admin = null;
        try {
            admin = OwnClassLoader.call(() -> Admin.create(properties.forAdmin()));
            DescribeClusterResult cluster = admin.describeCluster();
            int brokers = cluster.nodes().get().size();
            String found = "Kafka cluster " + cluster.clusterId().get() + " at " + properties.bootstrap() + " with "
                    + brokers + (brokers == 1 ? " broker" : " brokers");
            return topic == null ? found : found + "; " + ask(admin, topic);
        } catch (ExecutionException e) {
            throw new IOException(outcome.reason(e), e);
        } catch (KafkaException e) {
            throw new IOException(outcome.ofCreation(e).reason(), e);
        } finally {
            close(admin);
        }
    }

    private static String ask(Admin admin, String topic) throws IOException, InterruptedException, ExecutionException {
        TopicDescription description;
        try {
            description = admin.describeTopics(
                            List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return "there is no topic '" + topic + "' yet: it must be created, unless the brokers do so";
            }
            throw e;
        }
        Set<AclOperation> allowed = description.authorizedOperations();
        if (allowed != null && !allowed.contains(AclOperation.WRITE) && !allowed.contains(AclOperation.ALL)) {
            throw new IOException("this user may not write to the topic '" + topic + "'");
        }
        int partitions = description.partitions().size();
        return "topic '" + topic + "' has " + partitions + (partitions == 1 ? " partition" : " partitions");
    }

    private static void close(@Nullable Admin admin) {
        if (admin != null) {
            OwnClassLoader.run(() -> admin.close(Duration.ZERO));
        }
    }
}
