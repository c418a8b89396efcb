package dev.resync.admin.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resync.store.ControlJson;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads and writes JSON as the rest of Resync does. */
@Singleton
final class AdminJson {

    @Produces
    @Singleton
    ObjectMapper mapper() {
        return ControlJson.mapper().copy();
    }
}
