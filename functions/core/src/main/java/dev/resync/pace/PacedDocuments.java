package dev.resync.pace;

import java.util.Iterator;

/**
 * Documents with something to be done at each of them before it is handed out. Where that raises an error the cursor behind them
 * is closed, since nobody will read it to its end.
 *
 * @param documents may be read by a cursor
 * @param atEach done on the thread that reads
 */
record PacedDocuments<T>(Iterable<T> documents, Runnable atEach) implements Iterable<T> {

    @Override
    public Iterator<T> iterator() {
        Iterator<T> iterator = documents.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public T next() {
                T document = iterator.next();
                try {
                    atEach.run();
                } catch (RuntimeException e) {
                    close(iterator, e);
                    throw e;
                }
                return document;
            }
        };
    }

    private static void close(Iterator<?> iterator, RuntimeException why) {
        if (iterator instanceof AutoCloseable cursor) {
            try {
                cursor.close();
            } catch (Exception e) {
                why.addSuppressed(e);
            }
        }
    }
}
