import type { Tool } from '../process';
import { aws } from './aws';

/** Tools that look at the cloud that a cluster stands in. */
export const cloudTools: Readonly<Record<string, Tool>> = { aws };
