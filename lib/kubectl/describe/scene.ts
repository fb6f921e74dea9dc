import type { Event, KubeObject } from '../../api';
import type { Session } from '../session';

/** What a describer is given: the object, its events when they are wanted, the time. */
export interface Scene {
  readonly session: Session;
  readonly object: KubeObject;
  readonly events: readonly Event[] | undefined;
  readonly now: number;
}

/** Writes the page about an object. */
export type Describer = (scene: Scene) => Promise<string>;
