package dev.resync.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServersTest {

    private static final String PROXY = "127.0.0.1:5";

    @Test
    void leadsAConnectionStringThroughTheProxyAndKeepsTheRestOfIt() {
        assertThat(Servers.through("mongodb://127.0.0.1:27018", "127.0.0.1:27018", PROXY))
                .isEqualTo("mongodb://127.0.0.1:5/?directConnection=true");
        assertThat(Servers.through("mongodb://db:db@db/admin?authSource=db", "db", PROXY))
                .isEqualTo("mongodb://db:db@127.0.0.1:5/admin?authSource=db&directConnection=true");
        assertThat(Servers.through("mongodb://db:1/", "db:1", PROXY))
                .isEqualTo("mongodb://127.0.0.1:5/?directConnection=true");
    }
}
