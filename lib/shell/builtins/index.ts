import type { Builtin } from '../interpreter/shell';
import { controlBuiltins } from './control-builtins';
import { directoryBuiltins } from './directory-builtins';
import { ioBuiltins } from './io-builtins';
import { jobBuiltins } from './job-builtins';
import { testBuiltin } from './test-builtin';
import { variableBuiltins } from './variables-builtins';

export { describeName, KEYWORDS, mayLeave } from './control-builtins';

/** Every builtin by name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({
    ...controlBuiltins,
    ...directoryBuiltins,
    ...ioBuiltins,
    ...jobBuiltins,
    ...variableBuiltins,
    test: testBuiltin,
    '[': testBuiltin,
  }),
);
