package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.Connection;
import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Publishes each batch on a channel of its own, and waits until the broker has confirmed it. Safe for several threads. */
final class RabbitTransport implements Transport {

    private final MessageMaker maker;
    private final Sessions sessions;
    private final Topology topology;
    private final String virtualHost;

    RabbitTransport(MessageMaker maker, Sessions sessions, Topology topology, String virtualHost) {
        this.maker = maker;
        this.sessions = sessions;
        this.topology = topology;
        this.virtualHost = virtualHost;
    }

    @Override
    public SendResult send(Batch batch) throws IOException, InterruptedException {
        Session session;
        try {
            session = sessions.open();
        } catch (RefusedException e) {
            return new SendResult.Misconfigured(String.valueOf(e.getMessage()));
        }
        PublishChannel channel = session.take();
        if (channel == null) {
            String blocked = session.blockedBecause();
            return SendResult.retry(blocked == null ? "no channel to " + session.host() + " became free" : blocked);
        }
        try {
            return channel.publish(maker.of(batch));
        } finally {
            session.giveBack(channel);
        }
    }

    /** Connects, and looks at every exchange; makes nothing. */
    @Override
    public String check() throws IOException, InterruptedException {
        return sessions.apart(this::check);
    }

    @Override
    public void close() {
        sessions.close();
    }

    private String check(Connection connection, Wire wire, String host) throws IOException {
        List<String> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String exchange : new TreeSet<>(topology.exchanges().keySet())) {
            Failure failure = Topology.passiveFailure(connection, exchange);
            if (failure == null) {
                found.add("exchange '" + exchange + "' is there");
            } else if (topology.declare()) {
                found.add("exchange '" + exchange + "' will be made");
            } else {
                problems.add(failure.text());
            }
        }
        Map<String, Object> server = connection.getServerProperties();
        String reached = server.getOrDefault("product", "the broker") + " " + server.getOrDefault("version", "")
                + " at " + host + ", virtual host " + virtualHost;
        if (!problems.isEmpty()) {
            throw new RefusedException("reached " + reached + ", but: " + String.join("; ", problems)
                    + "; create the exchange, or set declare = true");
        }
        return String.join("; ", reached, String.join("; ", found.isEmpty() ? List.of("the default exchange") : found));
    }
}
