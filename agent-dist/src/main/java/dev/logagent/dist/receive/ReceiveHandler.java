package dev.logagent.dist.receive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Takes payloads on every path, and gives the counters on {@code /stats}. */
final class ReceiveHandler implements HttpHandler {

    private final int maxBodyBytes;
    private final Intake intake;
    private final ReceiverStats stats;

    ReceiveHandler(int maxBodyBytes, Intake intake, ReceiverStats stats) {
        this.maxBodyBytes = maxBodyBytes;
        this.intake = intake;
        this.stats = stats;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "POST", "PUT" -> take(exchange);
                case "GET" -> {
                    if (exchange.getRequestURI().getPath().equals("/stats")) {
                        answer(exchange, 200, stats.json());
                    } else {
                        answer(exchange, 200, "{\"receiver\":\"log-agent\",\"counters\":\"/stats\"}");
                    }
                }
                case "HEAD", "OPTIONS" -> {
                    exchange.getResponseHeaders().set("Allow", "GET, HEAD, OPTIONS, POST, PUT");
                    exchange.sendResponseHeaders(200, -1);
                }
                default -> answer(exchange, 405, error("send payloads with POST"));
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try {
            answer(
                    exchange,
                    intake.take(body(exchange), exchange.getRequestHeaders().getFirst("Idempotency-Key")));
        } catch (BodyTooLargeException e) {
            intake.tooLarge();
            answer(exchange, 413, error("a body may have at most " + maxBodyBytes + " bytes"));
        } catch (UnreadableBodyException e) {
            answer(exchange, intake.unreadable(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopping", e);
        }
    }

    private static void answer(HttpExchange exchange, Intake.Outcome outcome) throws IOException {
        if (outcome instanceof Intake.Accepted accepted) {
            answer(exchange, 200, "{\"accepted\":" + accepted.events() + "}");
        } else if (outcome instanceof Intake.ToldToFail failure) {
            if (failure.retryAfterSeconds() != null) {
                exchange.getResponseHeaders()
                        .set("Retry-After", failure.retryAfterSeconds().toString());
            }
            answer(exchange, failure.status(), error("told to fail"));
        } else if (outcome instanceof Intake.NotStored failure) {
            answer(exchange, 507, error(failure.reason()));
        } else if (outcome instanceof Intake.Malformed malformed) {
            answer(exchange, 400, error(malformed.reason()));
        }
    }

    private byte[] body(HttpExchange exchange) throws IOException {
        InputStream raw = exchange.getRequestBody();
        String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return bounded(raw);
        }
        if (!encoding.toLowerCase(Locale.ROOT).equals("gzip")) {
            raw.transferTo(OutputStream.nullOutputStream());
            throw new UnreadableBodyException("Content-Encoding '" + encoding + "' is not known, only gzip", null);
        }
        byte[] packed = bounded(raw);
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 15)) {
            return bounded(unpacked);
        } catch (BodyTooLargeException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableBodyException("the gzip body is broken: " + e.getMessage(), e);
        }
    }

    private byte[] bounded(InputStream body) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(1 << 14);
        byte[] buffer = new byte[1 << 14];
        int count;
        while ((count = body.read(buffer)) >= 0) {
            if (whole.size() + count > maxBodyBytes) {
                throw new BodyTooLargeException();
            }
            whole.write(buffer, 0, count);
        }
        return whole.toByteArray();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
        boolean bodyless = status == 204 || status == 304 || status < 200;
        if (!bodyless) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        exchange.sendResponseHeaders(status, bodyless ? -1 : bytes.length);
        if (!bodyless) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String error(String reason) {
        return "{\"error\":\""
                + reason.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + "\"}";
    }

    private static final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class UnreadableBodyException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableBodyException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
