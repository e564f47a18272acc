package dev.logagent.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection of {@link CollectorServer}: HTTP/1.1 with keep-alive, by hand so that it can misbehave. */
final class HttpConnection implements Runnable {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final byte[] FLOOD = "all work and no play ".repeat(400).getBytes(StandardCharsets.US_ASCII);

    private final CollectorServer server;
    private final Socket socket;

    HttpConnection(CollectorServer server, Socket socket) {
        this.server = server;
        this.socket = socket;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            boolean open = true;
            while (open) {
                open = serve(in, out);
            }
        } catch (IOException e) {
            // The client left, or a test cut the connection: what came before is recorded, and nobody waits here.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.forget(this);
        }
    }

    /** Breaks the connection without the usual goodbye. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Closed already.
        }
    }

    /** Serves one request; false when the connection is at its end. */
    private boolean serve(InputStream in, OutputStream out) throws IOException, InterruptedException {
        String requestLine = readLine(in);
        if (requestLine == null) {
            return false;
        }
        String[] parts = requestLine.split(" ", 3);
        if (parts.length != 3) {
            throw new IOException("not a request line: " + requestLine);
        }
        Map<String, String> headers = readHeaders(in);
        Answer next = server.nextAnswer();
        byte[] body = next instanceof Answer.CutBeforeBody ? new byte[0] : readBody(in, headers);
        Answer answer = server.answerTo(body, next);
        server.record(new RecordedRequest(parts[0], parts[1], headers, body, answer.stores()));
        return perform(answer, out) && !"close".equalsIgnoreCase(headers.get("connection"));
    }

    /** Answers; false when the connection cannot serve another request. */
    private boolean perform(Answer answer, OutputStream out) throws IOException, InterruptedException {
        if (answer instanceof Answer.Status status) {
            writeHead(status, out);
            return true;
        } else if (answer instanceof Answer.Delayed delayed) {
            server.awaitOrClosed(delayed.latch());
            return perform(delayed.then(), out);
        } else if (answer instanceof Answer.Hang) {
            server.awaitClosed();
        } else if (answer instanceof Answer.Raw raw) {
            out.write(raw.text().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } else if (answer instanceof Answer.Flood flood) {
            out.write(("HTTP/1.1 " + flood.code() + " Flood\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            while (server.isRunning()) {
                out.write(FLOOD);
            }
        } else {
            reset();
        }
        return false;
    }

    private static void writeHead(Answer.Status status, OutputStream out) throws IOException {
        byte[] body = status.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status.code() + " Scripted\r\n");
        status.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (status.code() != 204 && status.code() != 304) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static Map<String, String> readHeaders(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = required(in); !line.isEmpty(); line = required(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header: " + line);
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, other) -> one + "," + other);
        }
        return headers;
    }

    private static byte[] readBody(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                body.write(exactly(in, size));
                required(in);
            }
            readHeaders(in);
            return body.toByteArray();
        }
        return exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(required(in).split(";", 2)[0].strip(), 16);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body ended after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    private static String required(InputStream in) throws IOException {
        String line = readLine(in);
        if (line == null) {
            throw new EOFException("the request ended in its headers");
        }
        return line;
    }

    /** The next line without its end, or null at the end of the stream. */
    private static @Nullable String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                int end = line.length();
                return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line is longer than " + LONGEST_LINE + " bytes");
            }
            line.append((char) b);
        }
        return null;
    }
}
