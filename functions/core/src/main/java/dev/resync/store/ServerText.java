package dev.resync.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteError;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server says of an error, without the documents, keys and filters that it quotes there. */
final class ServerText {

    /** Servers quote in braces, but for the texts that are named here. */
    private static final Pattern QUOTED = Pattern.compile("\\{|Tree:|\\bdup key|\\bunsupported:|:\\s*\"");

    private static final Pattern INDEX = Pattern.compile("\\bindex: (\\S+)");

    private ServerText() {}

    /** Returns the message of an exception; that of the driver itself where no command was answered with an error. */
    static String withoutValues(MongoException e) {
        if (e instanceof MongoBulkWriteException bulk && !bulk.getWriteErrors().isEmpty()) {
            return writeErrors(bulk.getWriteErrors().stream()) + " on " + bulk.getServerAddress();
        }
        if (e instanceof MongoWriteException write) {
            return writeErrors(Stream.of(write.getError())) + " on " + write.getServerAddress();
        }
        if (e instanceof MongoCommandException command) {
            return "error " + command.getErrorCode() + " (" + command.getErrorCodeName() + "): "
                    + cut(command.getErrorMessage()) + " on " + command.getServerAddress();
        }
        return String.valueOf(e.getMessage());
    }

    /** Returns code and index of a refused write. */
    static String withoutValues(WriteError error) {
        Matcher index = INDEX.matcher(error.getMessage());
        return "error " + error.getCode() + (index.find() ? " in index " + index.group(1) : "");
    }

    private static String writeErrors(Stream<? extends WriteError> errors) {
        List<String> distinct =
                errors.map(ServerText::withoutValues).distinct().limit(10).toList();
        return distinct.stream().collect(Collectors.joining(", ", "refused writes with ", ""));
    }

    private static String cut(String message) {
        Matcher quoted = QUOTED.matcher(message);
        return quoted.find() ? message.substring(0, quoted.start()) + "…" : message;
    }
}
