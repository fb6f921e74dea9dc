import type {
  Client,
  CloudProvider,
  Delivery,
  DnsAnswer,
  Fault,
  Faults,
  Hop,
  ImageDefinition,
  Json,
  KubeObject,
  LookupFailure,
  Protocol,
  Request,
  Traced,
  Vantage,
  View,
} from '../api';

/** A step of the lesson: Markdown with directives, rendered by the server. */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** Path in the lab's folder. */
  readonly file: string;
  readonly markdown: string;
  /** What a learner does in this step beside its blocks (`private/steps/ID.sh`); private to the server. */
  readonly byLearner: string | undefined;
}

/** What a learner is asked to bring about; judged by its checks, first failure shown. */
export interface Task {
  readonly id: string;
  readonly title: string;
  /** One sentence of Markdown. */
  readonly text: string;
  /** Whether it must hold now, or stays met once it was. */
  readonly judged: 'hold' | 'latch';
  /** Tasks before it, without which it is not judged. */
  readonly needs: readonly string[];
  readonly weight: number;
  /** Its first checks, as long as they only look, are ticked while the learner works. */
  readonly live: boolean;
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
  /** A solution's script that is run first. */
  readonly first: string | undefined;
  readonly script: string;
  readonly task: string;
  readonly check: string;
  /** A piece of the reason that the learner must be shown. */
  readonly says: string;
}

/** A mutant of the solution that passes, and why it may. */
export interface Survivor {
  /** The mutant's name; `*` stands for anything. */
  readonly mutant: string;
  /** `free`: the task leaves this open. `accepted`: a mistake that the lab does not look for. */
  readonly verdict: 'free' | 'accepted';
  readonly why: string;
}

/** A rewritten solution that need not pass, and why: the task asks for the one way and not the other. */
export interface Unequal {
  /** "SOLUTION: what is rewritten", as the kit names it. */
  readonly rewrite: string;
  readonly why: string;
}

/** A hint; those of a task are opened in order, one with `when` only after a verdict that is like it. */
export interface Hint {
  readonly task: string;
  readonly text: string;
  readonly when?:
    | {
        readonly check: string;
        readonly says?: string | undefined;
        readonly stopsAt?: string | undefined;
      }
    | undefined;
}

/** What a lab's cluster is like at the start. */
export interface LabCluster {
  readonly nodes: number;
  readonly images: 'catalogue' | 'any';
  readonly cloud: CloudProvider;
  readonly proxyMode: 'iptables' | 'ipvs';
  /** What is broken when the learner arrives. */
  readonly faults: readonly Fault[];
}

/** A lab as read from `labs/<track>/<slug>/`, with the values of one seed. */
export interface Lab {
  readonly id: string;
  readonly track: string;
  readonly slug: string;
  readonly seed: number;
  /** It has variables, so another seed gives another lab. */
  readonly varies: boolean;
  readonly values: Readonly<Record<string, string>>;
  readonly title: string;
  readonly summary: string;
  readonly aims: readonly string[];
  readonly skills: readonly string[];
  readonly prerequisites: readonly string[];
  readonly minutes: number;
  readonly cluster: LabCluster;
  readonly steps: readonly Step[];
  readonly tasks: readonly Task[];
  readonly hints: readonly Hint[];
  /** Images of its own, which come before the catalogue's. */
  readonly images: readonly ImageDefinition[];
  /** Manifests applied before the learner arrives. */
  readonly objects: readonly KubeObject[];
  /** Files in the home folder at the start, by relative path. */
  readonly files: Readonly<Record<string, string>>;
  /** Run on the admin machine before the learner arrives; private to the server. */
  readonly startScript: string | undefined;
  /** After so many attempts solutions may be seen; only once passed when undefined. */
  readonly solutionsAfterAttempts: number | undefined;
  readonly solutions: readonly Solution[];
  readonly mistakes: readonly Mistake[];
  readonly survivors: readonly Survivor[];
  readonly unequal: readonly Unequal[];
  /** Markdown shown once the lab is passed; private until then. */
  readonly debrief: string | undefined;
  /** sha256 of all its files: attempts record it. */
  readonly version: string;
}

/** Order, grouping and skills of all labs. */
export interface Course {
  readonly title: string;
  readonly credit: string;
  readonly chapters: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    /** "track/slug". */
    readonly labs: readonly string[];
  }[];
  readonly skills: Readonly<Record<string, string>>;
}

/** A program that was run, and how it ended. */
export interface ObservedCommand {
  readonly argv: readonly string[];
  readonly status: number;
}

/** What became of a request to a name: like a delivery, or the name did not resolve. */
export type Sent = Delivery | { readonly kind: 'unresolved'; readonly why: 'not-found' | 'no-server' };

/** What the grader may ask of a copy of the learner's cluster. `fork` gives another copy to play havoc on. */
export interface Evidence {
  readonly view: View;
  readonly client: Client;
  readonly now: number;
  /** Resolves `host` as the vantage point would, then sends. */
  send(from: Vantage, host: string, port: number, request: Request, protocol?: Protocol): Traced<Sent>;
  /** The addresses `name` has for the vantage point, search list and all. */
  lookup(
    from: Vantage,
    name: string,
  ): Traced<{
    readonly addresses: readonly string[];
    readonly canonicalName?: string | undefined;
    readonly error?: 'not-found' | 'no-server' | undefined;
    /** Of the query that failed. */
    readonly failure?: LookupFailure | undefined;
  }>;
  /** Asks the vantage point's name server, along the search list; undefined when none answers. */
  query(from: Vantage, name: string, type: string): Traced<DnsAnswer | undefined>;
  /** The addresses that the vantage point sends from. */
  addresses(from: Vantage): readonly string[];
  /** A file of the home folder; undefined when there is none. */
  file(path: string): string | undefined;
  /** Programs that were run on the admin machine, oldest first (the newest few hundred). */
  readonly commands: readonly ObservedCommand[];
  /** Runs a script on the admin machine of this copy; both its outputs in one text. */
  run(script: string): Promise<{ readonly status: number; readonly text: string }>;
  /** Breaks and mends this copy. */
  readonly faults: Faults;
  /** Lets virtual time pass on this copy. */
  advance(ms: number): Promise<void>;
  fork(): Evidence;
}

/** A Service's selector beside the labels of a Pod that it should catch. */
export interface LabelsCompared {
  readonly service: string;
  readonly pod: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
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
      readonly labels?: LabelsCompared;
    }
  | { readonly outcome: 'cannot-judge'; readonly reason: string };

/** How one check of one task came out. */
export type Verdict = { readonly task: string; readonly check: string } & Finding;

/** Judges all tasks on copies; never changes what it was given. `earned`: latching tasks that were met before. */
export type Grade = (
  lab: Pick<Lab, 'tasks'>,
  evidence: Evidence,
  earned?: ReadonlySet<string>,
) => Promise<readonly Verdict[]>;
