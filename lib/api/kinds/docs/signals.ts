const NAMED =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX';
const REAL_TIME = [
  ...Array.from({ length: 15 }, (_, index) => `RTMIN+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `RTMAX-${index + 1}`),
];

/** The signals that a container may be stopped with; their names say all there is to say. */
export const signals: Readonly<Record<string, string>> = Object.fromEntries(
  [...NAMED.split(' '), ...REAL_TIME].map((name) => [`SIG${name}`, '']),
);
