package dev.logagent.core;

import dev.logagent.core.discovery.FileWatcher;

/** How an agent learns of changes: what follows files must do so either way. */
enum Watching {

    /** The system tells. */
    TOLD(FileWatcher::new),

    /** It has to look, as on a system without inotify. */
    POLLING(FileWatcher::polling);

    @SuppressWarnings("ImmutableEnumChecker") // a constructor
    private final FileWatcher.Factory watchers;

    Watching(FileWatcher.Factory watchers) {
        this.watchers = watchers;
    }

    FileWatcher.Factory watchers() {
        return watchers;
    }
}
