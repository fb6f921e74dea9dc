/**
 * Marks in a terminal's output that say where a command's own output begins and ends: FinalTerm's "semantic prompt"
 * sequences (OSC 133), with the command line as kitty adds it. A terminal that does not know them shows nothing.
 */
export const commandBegins = (command: string): string =>
  `\x1b]133;C;cmdline_url=${encodeURIComponent(command)}\x07`;

/** The counterpart: the command has ended with this status. */
export const commandEnds = (status: number): string => `\x1b]133;D;${status}\x07`;
