package dev.resync.cli.drill;

/** Strikes a process of its own, through a proxy of its own: nothing happens to what is called in this process. */
final class KillEngineInjection extends Injection {

    KillEngineInjection(Fault fault) {
        super(fault);
    }
}
