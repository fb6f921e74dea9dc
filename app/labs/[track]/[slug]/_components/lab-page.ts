/** A lab as its page needs it: rendered, and without anything private. */
export interface LabPage {
  readonly workspaceId: string;
  readonly title: string;
  readonly summary: string;
  readonly aims: readonly string[];
  readonly minutes: number;
  readonly steps: readonly { readonly id: string; readonly title: string; readonly html: string }[];
  readonly tasks: readonly LabTask[];
}

/** What is asked, with the names of the checks that judge it and hints in order. */
export interface LabTask {
  readonly id: string;
  readonly title: string;
  readonly html: string;
  readonly checks: readonly string[];
  readonly hints: readonly string[];
}
