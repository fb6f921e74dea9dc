import type { Builtin } from '../interpreter/shell';
import { completionBuiltins } from './completion-builtins';
import { controlBuiltins } from './control-builtins';
import { directoryBuiltins } from './directory-builtins';
import { historyBuiltins } from './history-builtins';
import { ioBuiltins } from './io-builtins';
import { jobBuiltins } from './job-builtins';
import { testBuiltin } from './test-builtin';
import { variableBuiltins } from './variables-builtins';

export { KEYWORDS, mayLeave } from './control-builtins';

/** Every builtin by name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({
    ...completionBuiltins,
    ...controlBuiltins,
    ...directoryBuiltins,
    ...historyBuiltins,
    ...ioBuiltins,
    ...jobBuiltins,
    ...variableBuiltins,
    test: testBuiltin,
    '[': testBuiltin,
  }),
);
