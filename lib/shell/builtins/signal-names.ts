/** Linux' signals from 1 on. */
const NAMES =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  );
const REAL_TIME_FIRST = 34;
const REAL_TIME_LAST = 64;
const COLUMNS = 5;

function realTimeName(number: number): string {
  if (number === REAL_TIME_FIRST) return 'RTMIN';
  if (number === REAL_TIME_LAST) return 'RTMAX';
  return number < 50 ? `RTMIN+${number - REAL_TIME_FIRST}` : `RTMAX-${REAL_TIME_LAST - number}`;
}

/** Every signal's number and name. */
const ALL: readonly (readonly [number: number, name: string])[] = [
  ...NAMES.map((name, at) => [at + 1, name] as const),
  ...Array.from({ length: REAL_TIME_LAST - REAL_TIME_FIRST + 1 }, (_, at) => {
    const number = REAL_TIME_FIRST + at;
    return [number, realTimeName(number)] as const;
  }),
];

/** The table that `kill -l` and `trap -l` print. */
export function signalTable(): string {
  const cells = ALL.map(([number, name]) => `${String(number).padStart(2)}) SIG${name}`);
  return cells
    .map((cell, at) => cell + ((at + 1) % COLUMNS === 0 || at === cells.length - 1 ? '\n' : '\t'))
    .join('');
}

/** What `kill -l WORD` answers: a number's name, a name's number; undefined when there is none. */
export function signalAnswer(word: string): string | undefined {
  if (/^\d+$/.test(word)) {
    const number = Number(word) > 128 ? Number(word) - 128 : Number(word);
    return ALL.find(([known]) => known === number)?.[1];
  }
  const name = word.toUpperCase().replace(/^SIG/, '');
  const found = ALL.find(([, known]) => known === name);
  return found === undefined ? undefined : String(found[0]);
}
