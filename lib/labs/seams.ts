import type {
  Client,
  CloudProvider,
  Delivery,
  Faults,
  Hop,
  ImageDefinition,
  Json,
  KubeObject,
  Request,
  Traced,
  Vantage,
  View,
} from '../api';

/** A step of the lesson: Markdown with directives, rendered by the server. */
export interface Step {
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
}

/** What a learner is asked to bring about; judged by its checks, first failure shown. */
export interface Task {
  readonly id: string;
  readonly title: string;
  /** One sentence of Markdown. */
  readonly text: string;
  readonly checks: readonly Check[];
}

/** One assertion: `type` picks the file in `labs/checks/`, which has read and knows `fields`. */
export interface Check {
  readonly name: string;
  readonly type: string;
  readonly fields: Json;
}

/** A way to bring a lab about, as a shell script; private to the server. */
export interface Solution {
  readonly name: string;
  readonly script: string;
}

/** A known wrong way, and the verdict it must get. */
export interface Mistake {
  readonly name: string;
  readonly script: string;
  readonly task: string;
  readonly check: string;
  /** A piece of the reason that the learner must be shown. */
  readonly says: string;
}

/** A lab as read from `labs/<track>/<slug>/`. */
export interface Lab {
  readonly id: string;
  readonly track: string;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly aims: readonly string[];
  readonly minutes: number;
  readonly cluster: {
    readonly nodes: number;
    readonly images: 'catalogue' | 'any';
    readonly cloud: CloudProvider;
  };
  readonly steps: readonly Step[];
  readonly tasks: readonly Task[];
  readonly hints: readonly { readonly task: string; readonly text: string }[];
  /** Manifests applied before the learner arrives. */
  readonly objects: readonly KubeObject[];
  /** Images of its own, which come before the catalogue's. */
  readonly images: readonly ImageDefinition[];
  /** Files in the home folder at the start, by relative path. */
  readonly files: Readonly<Record<string, string>>;
  readonly solutions: readonly Solution[];
  readonly mistakes: readonly Mistake[];
  /** sha256 of all its files: attempts record it. */
  readonly version: string;
}

/** What became of a request to a name: like a delivery, or the name did not resolve. */
export type Sent = Delivery | { readonly kind: 'unresolved'; readonly why: 'not-found' | 'no-server' };

/** What the grader may ask of a copy of the learner's cluster. `fork` gives another copy to play havoc on. */
export interface Evidence {
  readonly view: View;
  readonly client: Client;
  readonly now: number;
  /** Resolves `host` as the vantage point would, then sends. */
  send(from: Vantage, host: string, port: number, request: Request): Traced<Sent>;
  /** The addresses `name` has for the vantage point, search list and all. */
  lookup(
    from: Vantage,
    name: string,
  ): Traced<{
    readonly addresses: readonly string[];
    readonly error?: 'not-found' | 'no-server' | undefined;
  }>;
  /** Breaks and mends this copy. */
  readonly faults: Faults;
  /** Lets virtual time pass on this copy. */
  advance(ms: number): Promise<void>;
  fork(): Evidence;
}

/** What one check found. A reason is a sentence about the cluster's state, never about the person. */
export type Finding =
  | { readonly outcome: 'met' }
  | {
      readonly outcome: 'not-met';
      readonly reason: string;
      readonly expected?: string;
      readonly actual?: string;
      readonly trace?: readonly Hop[];
    }
  | { readonly outcome: 'cannot-judge'; readonly reason: string };

/** How one check of one task came out. */
export type Verdict = { readonly task: string; readonly check: string } & Finding;

/** Judges all checks on copies; never changes what it was given. */
export type Grade = (lab: Pick<Lab, 'tasks'>, evidence: Evidence) => Promise<readonly Verdict[]>;
