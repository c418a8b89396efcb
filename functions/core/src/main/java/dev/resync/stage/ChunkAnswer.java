package dev.resync.stage;

/**
 * Answer of the stages that work on one chunk: a small constant, since ten thousand of them must fit into 256 KiB.
 *
 * @param done always true; an unfinished chunk raises an error
 */
public record ChunkAnswer(boolean done) {

    /** The only answer. */
    public static final ChunkAnswer DONE = new ChunkAnswer(true);
}
