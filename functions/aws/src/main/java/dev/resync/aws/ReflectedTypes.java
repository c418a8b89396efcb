package dev.resync.aws;

import com.dashjoin.jsonata.Functions;
import dev.resync.admission.Admit;
import dev.resync.admission.RequestTickets;
import dev.resync.approval.Approval;
import dev.resync.approval.RequestApproval;
import dev.resync.catchup.CatchUp;
import dev.resync.catchup.CaughtUp;
import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkAtWork;
import dev.resync.chunk.ChunkPlan;
import dev.resync.chunk.ChunkProgress;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.KeyFamily;
import dev.resync.chunk.PlanChunks;
import dev.resync.chunk.RangeText;
import dev.resync.chunk.SourceAccount;
import dev.resync.close.CloseRun;
import dev.resync.close.Finish;
import dev.resync.cutover.CutOver;
import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
import dev.resync.drift.CarriedOver;
import dev.resync.drift.Drift;
import dev.resync.environment.DatabaseRegister;
import dev.resync.environment.StartWay;
import dev.resync.hash.ContentHash;
import dev.resync.notification.Notification;
import dev.resync.notification.NotificationKind;
import dev.resync.pace.Hold;
import dev.resync.pace.RunPace;
import dev.resync.plan.Apply;
import dev.resync.plan.Retention;
import dev.resync.reconcile.Reconcile;
import dev.resync.retention.KeptBecause;
import dev.resync.retention.ListedSnapshot;
import dev.resync.retention.SnapshotSweep;
import dev.resync.run.AuditTrail;
import dev.resync.run.Confirmation;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.QuarantineEntry;
import dev.resync.run.QuarantineTally;
import dev.resync.run.Receipt;
import dev.resync.run.Run;
import dev.resync.run.RunError;
import dev.resync.run.RunMode;
import dev.resync.run.RunStart;
import dev.resync.run.RunState;
import dev.resync.run.RunSummary;
import dev.resync.run.RunTarget;
import dev.resync.run.Sealed;
import dev.resync.run.StageRecord;
import dev.resync.seal.SealAnswer;
import dev.resync.shadow.MappedTotals;
import dev.resync.snapshot.Removal;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.ChunkAnswer;
import dev.resync.stage.ChunkInput;
import dev.resync.stage.RunInput;
import dev.resync.status.Eta;
import dev.resync.status.RunAction;
import dev.resync.status.RunStatus;
import dev.resync.status.StageStatus;
import dev.resync.verify.Difference;
import dev.resync.verify.DifferenceReport;
import dev.resync.verify.FieldDifference;
import dev.resync.verify.FieldPresence;
import dev.resync.verify.GateResult;
import dev.resync.verify.PreCutOver;
import dev.resync.verify.TargetComparison;
import dev.resync.verify.TargetDifferences;
import dev.resync.verify.Verdict;
import dev.resync.verify.Verify;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is found by reflection in a native image: types that Jackson reads or writes, and the functions of JSONata. */
@RegisterForReflection(
        targets = {
            Admit.Answer.class,
            Admit.Input.class,
            RequestApproval.Answer.class,
            RequestApproval.Input.class,
            Chunk.class,
            ChunkAtWork.class,
            ChunkPlan.class,
            ChunkPlan.Cover.class,
            ChunkProgress.class,
            ChunkResult.class,
            ChunkStage.class,
            KeyFamily.class,
            PlanChunks.Answer.class,
            RangeText.class,
            SourceAccount.class,
            CloseRun.Answer.class,
            CloseRun.Input.class,
            CloseRun.Outcome.class,
            Finish.Answer.class,
            Finish.Input.class,
            RequestTickets.Ticket.class,
            Approval.class,
            CatchUp.Answer.class,
            CaughtUp.class,
            CutOver.Answer.class,
            JournalEntry.class,
            JournalStep.class,
            CarriedOver.class,
            Drift.class,
            DatabaseRegister.Registration.class,
            StartWay.class,
            ContentHash.class,
            Notification.class,
            NotificationKind.class,
            Hold.class,
            RunPace.class,
            Apply.class,
            Retention.class,
            Reconcile.Answer.class,
            SnapshotSweep.Removed.class,
            KeptBecause.class,
            ListedSnapshot.class,
            ListedSnapshot.Copy.class,
            QuarantineEntry.class,
            QuarantineEntry.Problem.class,
            QuarantineTally.Count.class,
            Eta.class,
            Eta.From.class,
            RunAction.class,
            RunAction.What.class,
            RunStatus.class,
            RunStatus.Details.class,
            RunStatus.Execution.class,
            RunStatus.Gates.class,
            RunStatus.Target.class,
            StageStatus.class,
            StageStatus.State.class,
            RunSummary.class,
            AuditTrail.Entry.class,
            Confirmation.class,
            Ending.class,
            ExecutionStatus.class,
            Receipt.class,
            Receipt.Change.class,
            Receipt.ContentHashView.class,
            Receipt.CatchUpAccount.class,
            Receipt.CutOverAccount.class,
            Receipt.DriftAccount.class,
            Receipt.QuarantineAccount.class,
            Receipt.SnapshotAccount.class,
            Receipt.StageAccount.class,
            Receipt.TargetAccount.class,
            Run.class,
            RunError.class,
            RunMode.class,
            RunStart.class,
            RunState.class,
            RunTarget.class,
            Sealed.class,
            StageRecord.class,
            SealAnswer.class,
            MappedTotals.class,
            Removal.class,
            Snapshot.class,
            SnapshotTarget.class,
            ChunkAnswer.class,
            ChunkInput.class,
            RunInput.class,
            Difference.class,
            Difference.Example.class,
            DifferenceReport.class,
            FieldDifference.class,
            FieldPresence.class,
            GateResult.class,
            PreCutOver.Answer.class,
            PreCutOver.Input.class,
            TargetComparison.class,
            TargetDifferences.class,
            Verdict.class,
            Verify.Answer.class,
            Functions.class,
        },
        // What the library of the embedded metric format writes with Jackson; it registers nothing itself.
        classNames = {
            "software.amazon.cloudwatchlogs.emf.model.EmptyMetricsFilter",
            "software.amazon.cloudwatchlogs.emf.model.Metadata",
            "software.amazon.cloudwatchlogs.emf.model.MetricDefinition",
            "software.amazon.cloudwatchlogs.emf.model.MetricDirective",
            "software.amazon.cloudwatchlogs.emf.model.RootNode",
            "software.amazon.cloudwatchlogs.emf.serializers.InstantDeserializer",
            "software.amazon.cloudwatchlogs.emf.serializers.InstantSerializer",
            "software.amazon.cloudwatchlogs.emf.serializers.StorageResolutionFilter",
            "software.amazon.cloudwatchlogs.emf.serializers.StorageResolutionSerializer",
            "software.amazon.cloudwatchlogs.emf.serializers.UnitDeserializer",
            "software.amazon.cloudwatchlogs.emf.serializers.UnitSerializer"
        })
final class ReflectedTypes {

    private ReflectedTypes() {}
}
