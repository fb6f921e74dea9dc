import { kinds } from '../kinds';
import { HEALTH_PATHS } from './health';

const groupPaths = (): readonly string[] =>
  kinds.flatMap(({ group, version }) =>
    group === '' ? ['/api', `/api/${version}`] : ['/apis', `/apis/${group}`, `/apis/${group}/${version}`],
  );

const OTHERS: readonly string[] = ['/openapi/v2', '/openapi/v3', '/openapi/v3/', '/version', '/version/'];

/** GET /: metav1.RootPaths, every path that is served, in alphabetical order. */
export const rootPaths = (): object => ({
  paths: [...new Set([...groupPaths(), ...HEALTH_PATHS, ...OTHERS])].sort(),
});
