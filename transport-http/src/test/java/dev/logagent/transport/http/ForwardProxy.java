package dev.logagent.transport.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small real HTTP proxy: tunnels CONNECT, and passes on requests with an absolute address. */
final class ForwardProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final List<String> heads = new CopyOnWriteArrayList<>();

    ForwardProxy() throws IOException {
        start(this::accept);
    }

    String url(String userInfo) {
        return "http://" + userInfo + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    /** The first request line of each connection with its headers, lines separated by newlines. */
    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                // Closed; the loop sees it.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            String head = readHead(in);
            heads.add(head);
            String target = head.split(" ", 3)[1];
            boolean tunnel = head.startsWith("CONNECT ");
            URI address = URI.create(tunnel ? "tcp://" + target : target);
            try (Socket server = new Socket(address.getHost(), address.getPort())) {
                if (tunnel) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } else {
                    String passedOn = head.replace(target, address.getPath()).replace("\n", "\r\n") + "\r\n";
                    server.getOutputStream().write(passedOn.getBytes(StandardCharsets.ISO_8859_1));
                }
                start(() -> pump(server, client));
                in.transferTo(server.getOutputStream());
            }
        } catch (IOException e) {
            // One of the two has left.
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.close();
        } catch (IOException e) {
            // One of the two has left.
        }
    }

    /** Byte by byte, so that nothing of the body is taken. */
    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = in.read(); b >= 0 && head.indexOf("\n\n") < 0; b = in.read()) {
            if (b != '\r') {
                head.append((char) b);
            }
            if (head.indexOf("\n\n") >= 0) {
                break;
            }
        }
        return head.substring(0, head.length() - 1);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "forward-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
