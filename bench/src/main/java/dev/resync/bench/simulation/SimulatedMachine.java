package dev.resync.bench.simulation;

/** A state machine that is simulated. */
enum SimulatedMachine {
    /** The run. */
    RESYNC("resync"),
    /** The way back from a snapshot. */
    RESTORE("restore");

    private final String file;

    SimulatedMachine(String file) {
        this.file = file;
    }

    /** Returns the name of its definition, without ending. */
    String file() {
        return file;
    }
}
