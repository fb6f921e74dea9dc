import type { Tool } from '../process';
import { curl } from './curl';

export { base64 } from './curl';

/** Tools that use the network. */
export const networkTools: Readonly<Record<string, Tool>> = { curl };
