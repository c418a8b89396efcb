package dev.resync.stage;

import dev.resync.environment.DatabaseRegister;
import dev.resync.error.DatabaseForeign;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Keeps a process from working on the database of another environment. Safe for use by several threads. */
public final class OwnDatabase {

    private final StageContext context;
    private final DatabaseRegister register;
    private volatile boolean known;

    public OwnDatabase(StageContext context) {
        this.context = context;
        this.register = new DatabaseRegister(context.store(), context.environment(), context.clock());
    }

    /**
     * Makes sure that the database belongs to this environment. Asked until it says so, which it does not before anything was
     * admitted. The audit trail of another environment's database has it, once a day.
     *
     * @throws DatabaseForeign where it belongs to another one
     */
    public void require() {
        try {
            known = known || register.require();
        } catch (DatabaseForeign foreign) {
            if (register.onAllowedHosts()) {
                String day = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC)
                        .toString();
                context.audit()
                        .addOnce("FOREIGN_PROFILE", context.environment().name() + " " + day, foreign.getMessage());
            }
            throw foreign;
        }
    }
}
