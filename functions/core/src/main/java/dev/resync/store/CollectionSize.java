package dev.resync.store;

/**
 * Size of a collection as the server's statistics give it; an estimate after an unclean stop of the server.
 *
 * @param documents number of documents, 0 or more
 * @param averageBytes average size of a document in bytes, 0 for an empty collection
 * @param sharded whether the collection is sharded
 */
public record CollectionSize(long documents, long averageBytes, boolean sharded) {}
