package dev.logagent.dist.alerts;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/** Posts each change as JSON. The JDK's old client: no more classes than needed, and only where there is an alert. */
final class Webhook implements Way {

    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;

    private final URI address;
    private final int timeoutMillis;

    Webhook(URI address, Duration timeout) {
        this.address = address;
        this.timeoutMillis = (int) timeout.toMillis();
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Outcome tell(byte[] json) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            try {
                return post(connection, json);
            } finally {
                connection.disconnect();
            }
        } catch (UnknownHostException e) {
            return Outcome.failed("the host " + address.getHost() + " is unknown");
        } catch (IOException e) {
            return Outcome.failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private Outcome post(HttpURLConnection connection, byte[] json) throws IOException {
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(json.length);
        connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
        connection.setRequestProperty("User-Agent", "log-agent");
        try (OutputStream body = connection.getOutputStream()) {
            body.write(json);
        }
        int status = connection.getResponseCode();
        if (status >= 200 && status < 300) {
            return Outcome.TOLD;
        }
        String problem = "it answers " + status;
        boolean refuses = status >= 300 && status < 500 && status != TIMED_OUT && status != TOO_MANY;
        return refuses ? Outcome.refused(problem) : Outcome.failed(problem);
    }
}
