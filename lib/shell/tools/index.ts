import { cloudTools } from '../cloud-tools';
import { jq, yq } from '../jq';
import { networkTools } from '../network-tools';
import type { RawProgram, Tool } from '../process';
import { crictl } from '../ssh/crictl';
import { awk } from './awk';
import { byteTools } from './byte-tools';
import { cat } from './cat';
import { expr } from './expr';
import { fileTools } from './file-tools';
import { grep } from './grep';
import { head, tail } from './head-tail';
import { kubectl } from './kubectl';
import { lineTools } from './line-tools';
import { ls } from './ls';
import { moreTextTools } from './more-text-tools';
import { processTools } from './process-tools';
import { sed } from './sed';
import { smallTools } from './small';
import { tar } from './tar';
import { textTools } from './text-tools';

/** Every tool by name. */
export const TOOLS: ReadonlyMap<string, Tool> = new Map(
  Object.entries({
    ...smallTools,
    ...fileTools,
    ...networkTools,
    ...cloudTools,
    ...textTools,
    ...moreTextTools,
    ...lineTools,
    ...byteTools,
    ...processTools,
    awk,
    crictl,
    expr,
    jq,
    yq,
    sed,
    tar,
    cat,
    ls,
    grep,
    egrep: grep,
    fgrep: grep,
    head,
    tail,
  }),
);

/** Programs that work on their descriptors themselves; shells are added by whoever starts them. */
export const PROGRAMS: ReadonlyMap<string, RawProgram> = new Map([['kubectl', kubectl]]);
