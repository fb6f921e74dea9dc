/** The configuration files that were read. */
export type Conf = readonly (readonly [path: string, text: string])[];

/** What nginx holds: its configuration, and where names led, when it last read it. */
export type NginxState = {
  readonly startedAt: number;
  readonly connections: number;
  readonly conf: Conf;
  readonly resolved: Readonly<Record<string, string>>;
};

/** The process that its error log names. */
export const WORKER_PID = 29;
