package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLocationTest {

    @TempDir
    Path folder;

    @Test
    void looksInOrder() throws Exception {
        Configs configs = Configs.in(folder).write("etc/log-agent.config", "");
        Map<String, String> variable = Map.of("LOG_AGENT_CONFIG", "variable.config");

        assertThat(find(configs)).isEqualTo(folder.resolve("etc/log-agent.config"));
        configs.write("log-agent.config", "");
        assertThat(find(configs)).isEqualTo(Path.of("log-agent.config"));
        configs.write("variable.config", "");
        assertThat(find(configs.with(variable))).isEqualTo(Path.of("variable.config"));
        assertThat(find(configs.with(Map.of("LOG_AGENT_CONFIG", "")))).isEqualTo(Path.of("log-agent.config"));
        configs.write("option.config", "");
        assertThat(ConfigLocation.find(
                        Path.of("option.config"), configs.with(variable).surroundings()))
                .isEqualTo(Path.of("option.config"));
    }

    @Test
    void saysWhereItLookedWhenThereIsNone() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> find(Configs.in(folder)))
                .withMessage("""
                        no configuration found
                             looked at: --config (not given)
                                        $LOG_AGENT_CONFIG (not set)
                                        ./log-agent.config
                                        FOLDER/etc/log-agent.config
                             to write one: log-agent init
                        1 problem. Nothing was started.""".replace("FOLDER", folder.toString()));
    }

    @Test
    void doesNotLookFurtherWhenANamedFileIsMissing() throws IOException {
        Configs configs = Configs.in(folder).write("log-agent.config", "");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLocation.find(Path.of("x.config"), configs.surroundings()))
                .withMessageContaining("x.config: no such file, named by --config");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> find(configs.with(Map.of("LOG_AGENT_CONFIG", "/no/where"))))
                .withMessageContaining("/no/where: no such file, named by $LOG_AGENT_CONFIG");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> find(configs.with(Map.of("LOG_AGENT_CONFIG", "a\u0000b"))))
                .withMessageContaining("$LOG_AGENT_CONFIG is not a valid path");
    }

    private static Path find(Configs configs) throws ConfigException {
        return ConfigLocation.find(null, configs.surroundings());
    }
}
