import { type Docs, objectFields } from './docs';

/** Jobs and CronJobs (batch/v1). */
export const batchDocs: Docs = {
  CronJob: {
    description: 'CronJob starts a Job at set times.',
    fields: objectFields({ spec: 'When, and which Job.', status: 'What has been started.' }),
  },
  CronJobSpec: {
    description: 'CronJobSpec says when Jobs are started and what they are.',
    fields: {
      concurrencyPolicy:
        'What happens when a Job is still running at the time of the next. Defaults to Allow.',
      failedJobsHistoryLimit: 'How many failed Jobs are kept. Defaults to 1.',
      jobTemplate: 'The Job to start.',
      schedule:
        'The times in cron form: minute, hour, day of month, month, day of week. For example */5 * * * * is every five minutes.',
      startingDeadlineSeconds: 'How many seconds late a Job may still be started. Left out, any number.',
      successfulJobsHistoryLimit: 'How many finished Jobs are kept. Defaults to 3.',
      suspend: 'Whether no more Jobs are started. Running ones go on. Defaults to false.',
      timeZone:
        'The time zone of the schedule, such as Europe/Paris. Left out, that of the controller manager.',
    },
  },
  CronJobStatus: {
    description: 'CronJobStatus tells what a CronJob has started.',
    fields: {
      active: 'Jobs that are running.',
      lastScheduleTime: 'When a Job was last due and started.',
      lastSuccessfulTime: 'When a Job last finished well.',
    },
  },
  Job: {
    description: 'Job runs Pods until a number of them have ended well.',
    fields: objectFields({
      spec: 'The Pods to run, and when the Job is done.',
      status: 'How far it has come.',
    }),
  },
  JobCondition: {
    description: "JobCondition tells one aspect of a Job's state.",
    fields: {
      lastProbeTime: 'When the condition was last looked at.',
      lastTransitionTime: 'When status last changed.',
      message: 'The reason for a person to read.',
      reason: 'The reason in one CamelCase word, such as BackoffLimitExceeded.',
      status: 'True, False or Unknown.',
      type: 'Which aspect this is: Complete, Failed, Suspended, SuccessCriteriaMet or FailureTarget.',
    },
  },
  JobSpec: {
    description: 'JobSpec says which Pods to run and when the Job is done.',
    fields: {
      activeDeadlineSeconds: 'Seconds after which the Job is stopped and fails, whatever its Pods are doing.',
      backoffLimit:
        'How many failures there may be before the Job fails. Defaults to 6; the pause between tries doubles from 10 seconds up to 6 minutes.',
      backoffLimitPerIndex:
        'How many failures each index may have. Only for completionMode Indexed and restartPolicy Never.',
      completionMode: 'How completions are counted. Defaults to NonIndexed.',
      completions:
        'How many Pods must end well. Defaults to parallelism where that is given, else 1; left out with parallelism set, the first success ends the Job.',
      managedBy:
        'The controller that takes care of the Job, where that is not the built-in one. It cannot be changed.',
      manualSelector: 'Whether selector is yours to choose. Leave it out unless you know why.',
      maxFailedIndexes: 'How many indexes may fail before the Job fails, where backoffLimitPerIndex is set.',
      parallelism: 'How many Pods run at the same time at most. Defaults to 1; 0 halts the Job.',
      podFailurePolicy: 'What to do about failures, by exit code or condition. Needs restartPolicy Never.',
      podReplacementPolicy:
        'When a failed Pod is replaced. Defaults to TerminatingOrFailed, or Failed where there is a podFailurePolicy.',
      selector: 'Picks the Pods of the Job. Set by the system.',
      successPolicy: 'When an Indexed Job is done though not all indexes have succeeded.',
      suspend: 'Whether the Job waits: its Pods are deleted until it is set to false. Defaults to false.',
      template: 'The Pod to run. Its restartPolicy must be Never or OnFailure.',
      ttlSecondsAfterFinished:
        'Seconds after the end at which the Job and its Pods are deleted. Left out, they stay.',
    },
  },
  JobStatus: {
    description: 'JobStatus tells how far a Job has come.',
    fields: {
      active: 'Pods that are pending or running.',
      completedIndexes: 'The indexes that have succeeded, such as 1,3-5.',
      completionTime: 'When the Job finished well.',
      conditions: 'The state of the Job: Complete or Failed once it has ended.',
      failed: 'Pods that have failed.',
      failedIndexes: 'The indexes that have failed for good, such as 1,3-5.',
      ready: 'Active Pods that are Ready.',
      startTime: 'When the Job was first taken up, or taken up again after a suspension.',
      succeeded: 'Pods that have ended well.',
      terminating: 'Pods that are being deleted.',
      uncountedTerminatedPods: 'Pods that have ended and are not in the counts yet.',
    },
  },
  JobTemplateSpec: {
    description: 'JobTemplateSpec is the Job that a CronJob makes.',
    fields: {
      metadata: 'Labels and annotations of the Jobs.',
      spec: 'The Pods to run, and when a Job is done.',
    },
  },
  PodFailurePolicy: {
    description: 'PodFailurePolicy says what to do about failed Pods.',
    fields: { rules: 'Rules in order; the first that matches decides. At most 20.' },
  },
  PodFailurePolicyOnExitCodesRequirement: {
    description:
      'PodFailurePolicyOnExitCodesRequirement matches a failed Pod by the exit code of a container.',
    fields: {
      containerName: 'The container that is meant. Left out, any.',
      operator: 'How the exit code is compared.',
      values: 'Exit codes, sorted, without 0 for operator In; at most 255.',
    },
  },
  PodFailurePolicyOnPodConditionsPattern: {
    description: 'PodFailurePolicyOnPodConditionsPattern matches a failed Pod by one of its conditions.',
    fields: {
      status: 'The status of the condition. Defaults to True.',
      type: 'The type of the condition, such as DisruptionTarget.',
    },
  },
  PodFailurePolicyRule: {
    description: 'PodFailurePolicyRule is one rule: what it matches and what is done.',
    fields: {
      action: 'What is done.',
      onExitCodes: 'Exit codes to match. Excludes onPodConditions.',
      onPodConditions: 'Conditions to match, any one of them; at most 20. Excludes onExitCodes.',
    },
  },
  SuccessPolicy: {
    description: 'SuccessPolicy says when an Indexed Job is done early.',
    fields: { rules: 'Rules in order; the first that is met ends the Job. At most 20.' },
  },
  SuccessPolicyRule: {
    description: 'SuccessPolicyRule is met when enough of some indexes have succeeded.',
    fields: {
      succeededCount: 'How many of the indexes must succeed. Left out, all that are named.',
      succeededIndexes: 'The indexes that are meant, such as 1,3-5. Left out, all.',
    },
  },
  UncountedTerminatedPods: {
    description: 'UncountedTerminatedPods holds Pods that have ended but are not counted yet.',
    fields: { failed: 'The uids of failed Pods.', succeeded: 'The uids of Pods that ended well.' },
  },
};
