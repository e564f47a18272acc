package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DashboardConfigTest {

    @TempDir
    Path folder;

    private DashboardConfig dashboard(String table) throws Exception {
        return Configs.in(folder).load(Configs.MINIMAL + table).dashboard();
    }

    @Test
    void isOffWithoutItsTable() throws Exception {
        assertThat(dashboard("").enabled()).isFalse();
        assertThat(dashboard("[dashboard]\nenabled = false").enabled()).isFalse();
        assertThat(dashboard("[dashboard]\nenabled = false\nlisten = '0.0.0.0:8000'")
                        .enabled())
                .as("nobody can come in")
                .isFalse();
    }

    @Test
    void anEmptyTableTurnsItOnForThisHostAlone() throws Exception {
        DashboardConfig dashboard = dashboard("[dashboard]");

        assertThat(dashboard.enabled()).isTrue();
        assertThat(dashboard.listen()).isEqualTo("127.0.0.1:8000");
        assertThat(dashboard.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(dashboard.token()).isNull();
        assertThat(dashboard.tls()).isNull();
    }

    @Test
    void takesIpV6AndATokenFromAFile() throws Exception {
        Configs configs = Configs.in(folder).write("token", "a-token-of-some-length\n");
        DashboardConfig dashboard = configs.load(Configs.MINIMAL
                        + "[dashboard]\nlisten = '[::]:0'\ntoken = '${file:token}'\nallowed_hosts = 'Logs.Example'")
                .dashboard();

        assertThat(dashboard.host()).isEqualTo("::");
        assertThat(dashboard.listen()).isEqualTo("[::]:0");
        assertThat(dashboard.token()).isEqualTo("a-token-of-some-length");
        assertThat(dashboard.allowedHosts()).containsExactly("logs.example");
        assertThat(dashboard.toString()).doesNotContain("a-token");
    }

    @Test
    void showsItsValuesWithoutTheToken() throws Exception {
        String shown = Configs.in(folder)
                .with(Map.of("TOKEN", "hunter2-hunter2-hunter2"))
                .load(Configs.MINIMAL + "[dashboard]\ntoken = '${TOKEN}'")
                .effective()
                .toToml();

        assertThat(shown)
                .contains("[dashboard]\nenabled = true", "listen = \"127.0.0.1:8000\"", "token = \"***\"")
                .doesNotContain("hunter2");
    }
}
