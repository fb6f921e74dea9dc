/** One learner's result at one assignment, as the gradebook has it. */
export interface GradeCell {
  readonly assignmentId: string;
  readonly points: number | null;
  /** What the grader alone gives. */
  readonly earned: number | null;
  /** Share of the lab that the attempt did which counts, 0 to 1. */
  readonly score: number | null;
  readonly factor: number;
  readonly late: boolean;
  readonly attempts: number;
  readonly passed: boolean;
  /** The attempt that counts, and when it was. */
  readonly attemptId: string | null;
  readonly at: string | null;
  readonly dueAt: string | null;
  readonly extension: string | null;
  readonly override: string | null;
  readonly comments: readonly string[];
}

/** A learner's line. */
export interface GradeLine {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly reference: string;
  readonly cells: readonly GradeCell[];
  readonly total: number;
}

/** What every learner's work came to. */
export interface GradebookView {
  readonly cohort: string;
  readonly work: readonly { readonly id: string; readonly title: string; readonly points: number }[];
  readonly lines: readonly GradeLine[];
  readonly possible: number;
}

/** How many attempts a task took, how long, and what stood in the way. */
export interface TaskStatistics {
  readonly id: string;
  readonly title: string;
  readonly met: number;
  /** Learners by how many attempts it took them to meet it. */
  readonly attempts: readonly { readonly count: number; readonly learners: number }[];
  /** The verdicts that were seen most often. */
  readonly verdicts: readonly {
    readonly check: string;
    readonly example: string;
    readonly times: number;
    readonly learners: number;
  }[];
}

/** An assignment in figures. */
export interface WorkStatistics {
  readonly id: string;
  readonly title: string;
  readonly learners: number;
  readonly begun: number;
  readonly passed: number;
  /** Minutes at work until passed, of those who passed; pauses over ten minutes are left out. */
  readonly minutes: readonly number[];
  readonly attempts: readonly { readonly count: number; readonly learners: number }[];
  readonly tasks: readonly TaskStatistics[];
}
