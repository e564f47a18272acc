package dev.logagent.dist.commands;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.InputConfig;
import dev.logagent.core.config.LimitsConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.dist.config.ConfigException;
import dev.logagent.dist.config.DashboardConfig;
import dev.logagent.dist.config.LoadedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The keys that a running agent cannot take over. For one use. */
final class RestartKeys {

    private final List<OptionProblem> problems = new ArrayList<>();

    private RestartKeys() {}

    /** @throws ConfigException if one of them has changed, with all that have */
    static void check(LoadedConfig before, LoadedConfig after) throws ConfigException {
        RestartKeys keys = new RestartKeys();
        keys.compare(before, after);
        if (!keys.problems.isEmpty()) {
            throw after.problems(keys.problems);
        }
    }

    private void compare(LoadedConfig before, LoadedConfig after) {
        require(
                before.agent().global().stateDir().equals(after.agent().global().stateDir()),
                "global",
                "state_dir",
                "positions are kept there");
        require(before.pluginDirs().equals(after.pluginDirs()), "global", "plugin_dir", "transports are loaded once");
        LimitsConfig was = before.agent().limits();
        LimitsConfig is = after.agent().limits();
        String shared = "all outputs share it";
        require(was.maxOpenFiles().equals(is.maxOpenFiles()), "limits", "max_open_files", shared);
        require(was.maxHeldDeletedBytes() == is.maxHeldDeletedBytes(), "limits", "max_held_deleted_bytes", shared);
        require(was.dropHeldDeleted() == is.dropHeldDeleted(), "limits", "drop_held_deleted", shared);
        require(discovery(before).equals(discovery(after)), "discovery", "enabled", "what was found is kept");
        require(
                standardInput(before).equals(standardInput(after)),
                "sources",
                "type",
                "standard input can be opened only once");
        DashboardConfig old = before.dashboard();
        DashboardConfig now = after.dashboard();
        require(
                old.enabled() == now.enabled()
                        && (!now.enabled() || old.listen().equals(now.listen())),
                "dashboard",
                "listen",
                "those who look would be cut off");
    }

    private static List<DiscoveryConfig> discovery(LoadedConfig config) {
        return config.agent().sources().stream()
                .map(SourceConfig::discovery)
                .filter(Objects::nonNull)
                .toList();
    }

    /** How standard input is read, if it is. */
    private static List<Object> standardInput(LoadedConfig config) {
        return config.agent().sources().stream()
                .filter(source -> source.input() instanceof InputConfig.Stdin)
                .<Object>map(source -> List.of(source, config.agent().global().maxLineBytes()))
                .toList();
    }

    private void require(boolean same, String table, String key, String reason) {
        if (!same) {
            problems.add(new OptionProblem(
                    List.of(table, key),
                    Place.VALUE,
                    "a change of '" + key + "' in [" + table + "] needs a restart: " + reason,
                    "restart the agent, or take the change back"));
        }
    }
}
