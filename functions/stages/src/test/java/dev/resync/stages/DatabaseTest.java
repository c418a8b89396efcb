package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.internal.MongoClientImpl;
import dev.resync.error.EnvironmentInvalid;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {

    @ParameterizedTest
    @CsvSource({"'', true, true", "retryWrites=false, false, true", "retryReads=false, true, false"})
    void operationsAreRetriedUnlessTheConnectionStringSaysNo(String options, boolean writes, boolean reads) {
        Database database = database(Optional.of("mongodb://localhost:1/?" + options));

        MongoClientSettings made = ((MongoClientImpl) database.client()).getSettings();

        assertThat(made.getRetryWrites()).isEqualTo(writes);
        assertThat(made.getRetryReads()).isEqualTo(reads);
        assertThat(made.getApplicationName()).isEqualTo("resync");
        assertThat(database.client()).isSameAs(database.client());
        database.close();
    }

    @Test
    void withoutAConnectionStringThereIsNoClient() {
        Database database = database(Optional.empty());

        assertThatThrownBy(database::client).isInstanceOf(EnvironmentInvalid.class);
        database.close();
    }

    private static Database database(Optional<String> uri) {
        return new Database(
                Deployed.with(uri.map(text -> Map.of("resync.mongo-uri", text)).orElse(Map.of())), null);
    }
}
