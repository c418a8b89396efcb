package dev.resync.seal;

/**
 * Answer of a seal stage.
 *
 * @param sealed whether all is sealed; where false, some chunks must be done again before the next try
 */
public record SealAnswer(boolean sealed) {}
