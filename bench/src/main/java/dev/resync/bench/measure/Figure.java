package dev.resync.bench.measure;

import dev.resync.bench.process.JvmFigures;

/**
 * What was measured of a row, once.
 *
 * @param row name of the row
 * @param targets number of the plan's targets
 * @param link way to the server
 * @param seconds how long it took
 * @param client what the contenders' process spent
 * @param server what the embedded server's process spent; null for another server
 * @param engineShare share of the time in which no function was at work; null where there is no engine
 */
record Figure(
        String row,
        int targets,
        String link,
        double seconds,
        JvmFigures client,
        JvmFigures server,
        Double engineShare) {

    Figure plus(String sum, Figure next) {
        return new Figure(
                sum,
                targets,
                link,
                seconds + next.seconds,
                client.plus(next.client),
                server == null ? null : server.plus(next.server),
                null);
    }

    Figure withEngineShare(double share) {
        return new Figure(row, targets, link, seconds, client, server, share);
    }
}
