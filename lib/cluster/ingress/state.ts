import type { Json } from '../../api';
import type { Configuration } from './configuration';
import type { ControllerFlags } from './flags';

/** An ingress-nginx controller with its nginx, as plain data. */
export interface IngressState {
  /**
   * 'connecting': the API server has not answered yet; 'syncing': some resource could not be listed yet, and nginx does
   * not run; 'serving'; 'leaving': told to stop.
   */
  readonly phase: 'connecting' | 'syncing' | 'serving' | 'leaving';
  readonly startedAt: number;
  readonly flags: ControllerFlags;
  /** The certificate that it made for itself. */
  readonly fakeChain: string;
  /** How often in a row the API server or a right was missing, and when it is tried again. */
  readonly attempts: number;
  readonly retryAt?: number | undefined;
  /** Whether it may not see IngressClasses and does without. */
  readonly ignoresClasses: boolean;
  /** Ingresses of its own by "namespace/name", with the version that it knows. */
  readonly seen: Readonly<Record<string, string>>;
  /** Ingresses that it has said it ignores, with the version. */
  readonly ignored: Readonly<Record<string, string>>;
  /** What nginx serves by. */
  readonly running?: Configuration | undefined;
  /** When it was last written, and what was wrong with it. */
  readonly syncedAt?: number | undefined;
  readonly warned?: readonly string[] | undefined;
  readonly election: Election;
  /** Where each upstream's round robin stands. */
  readonly turns: Readonly<Record<string, number>>;
  readonly connections: number;
}

/** How the leader is found, who alone writes the status of Ingresses. */
export interface Election {
  /** Whom it knows as leader. */
  readonly leader?: string | undefined;
  /** Since when it leads itself: statuses are written then and every minute after. */
  readonly since?: number | undefined;
  /** When a lease whose holder is gone runs out. */
  readonly freeAt?: number | undefined;
  /** The last moment of status writing that has been used. */
  readonly wroteAt?: number | undefined;
}

export const asState = (state: Json): IngressState => state as unknown as IngressState;
export const asJson = (state: IngressState): Json => state as unknown as Json;
