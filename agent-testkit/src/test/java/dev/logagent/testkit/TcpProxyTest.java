package dev.logagent.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TcpProxyTest {

    private ServerSocket target;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        target = new ServerSocket();
        target.bind(Loopback.port(0));
        proxy = TcpProxy.to(target.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        target.close();
    }

    @Test
    void forwardsBothWays() throws Exception {
        proxy.delay(Duration.ofMillis(5));
        try (Socket client = connect();
                Socket server = target.accept()) {
            client.getOutputStream().write('a');
            assertThat(server.getInputStream().read()).isEqualTo('a');
            server.getOutputStream().write('b');
            assertThat(client.getInputStream().read()).isEqualTo('b');
            client.shutdownOutput();
            assertThat(server.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void holdsBackUntilResumed() throws Exception {
        try (Socket client = connect();
                Socket server = target.accept()) {
            proxy.stall();
            client.getOutputStream().write('a');
            proxy.awaitHeldBack();
            proxy.resume();
            assertThat(server.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void resetsInTheMiddleOfAnAnswer() throws Exception {
        try (Socket client = connect();
                Socket server = target.accept()) {
            proxy.resetAfter(2);
            server.getOutputStream().write(new byte[] {'a', 'b', 'c'});
            assertThatThrownBy(() -> client.getInputStream().readNBytes(3)).isInstanceOf(IOException.class);
        }
        try (Socket client = connect();
                Socket server = target.accept()) {
            server.getOutputStream().write(new byte[] {'d', 'e', 'f'});
            assertThat(client.getInputStream().readNBytes(3)).containsExactly('d', 'e', 'f');
        }
    }

    @Test
    void fallsSilentInTheMiddleOfAnAnswer() throws Exception {
        try (Socket client = connect();
                Socket server = target.accept()) {
            proxy.stallAfter(2);
            server.getOutputStream().write(new byte[] {'a', 'b', 'c'});
            assertThat(client.getInputStream().readNBytes(2)).containsExactly('a', 'b');
            proxy.awaitHeldBack();
            proxy.resume();
            assertThat(client.getInputStream().read()).isEqualTo('c');
        }
    }

    @Test
    void resetsConnectionsAndRefusesNewOnes() throws Exception {
        try (Socket client = connect();
                Socket server = target.accept()) {
            client.getOutputStream().write('a');
            assertThat(server.getInputStream().read()).isEqualTo('a');
            proxy.refuse();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
            assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
        }
        proxy.accept();
        connect().close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(Loopback.port(proxy.port()));
        return socket;
    }
}
