/**
 * Runs Amazon States Language definitions (Standard workflows, JSONata) on one machine.
 *
 * <p>Start with {@link dev.resync.engine.StateMachine#load} and {@link dev.resync.engine.Engine#builder}. The
 * package knows the language and how AWS Step Functions behaves; what the state machines do is not its business.
 */
package dev.resync.engine;
