import type { ApiProgram } from '../seams';
import { CATALOGUE } from './catalogue';

/** Programs of the catalogue that are clients of the API server. */
export const API_PROGRAMS: readonly ApiProgram[] = CATALOGUE.flatMap(({ client }) => client ?? []);
