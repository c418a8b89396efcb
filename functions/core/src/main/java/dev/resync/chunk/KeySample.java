package dev.resync.chunk;

import org.bson.BsonValue;

/**
 * One sampled key and the part of its collection that it stands for.
 *
 * @param key the key, of one family
 * @param collection number of its collection among those that are cut together, from 0 without gaps
 * @param documents documents that it stands for, more than 0; need not be whole
 * @param bytes bytes that it stands for, 0 or more
 */
public record KeySample(BsonValue key, int collection, double documents, double bytes) {}
