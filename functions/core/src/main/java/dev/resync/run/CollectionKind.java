package dev.resync.run;

import java.util.Locale;

/** Kinds of collections that a run makes. */
public enum CollectionKind {
    /** Copy of one target's live documents. */
    SNAPSHOT(true),
    /** Fragments of all sources. */
    STAGING(false),
    /** New view of one target. */
    SHADOW(true),
    /** Bundles that could not be mapped. */
    QUARANTINE(false),
    /** Documents of one live collection that others changed during the run. */
    DRIFT(true);

    private final boolean perTarget;

    CollectionKind(boolean perTarget) {
        this.perTarget = perTarget;
    }

    /** Returns whether there is one for each target. */
    public boolean perTarget() {
        return perTarget;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
