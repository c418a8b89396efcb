package dev.resync.drift;

import dev.resync.hash.ContentHash;
import dev.resync.run.Sealed;

/**
 * Says that the shadow of a target is not the one that the verdict was made of, but that one with what others own of documents
 * that drifted.
 *
 * @param base the shadow that the verdict was made of, which every further one is made of, too
 * @param live what live held when the present shadow was made
 * @param documents documents of it that took something over
 */
public record CarriedOver(Sealed base, ContentHash live, long documents) {}
