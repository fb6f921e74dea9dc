import type { ITheme } from '@xterm/xterm';
import { readColor } from '../read-color';

/** xterm's colours from the tokens as they are now. */
export function terminalTheme(): ITheme {
  return {
    background: readColor('--sea'),
    foreground: readColor('--ink'),
    cursor: readColor('--ink'),
    cursorAccent: readColor('--sea'),
    selectionBackground: readColor('--selection'),
    black: readColor('--ansi-black'),
    red: readColor('--ansi-red'),
    green: readColor('--ansi-green'),
    yellow: readColor('--ansi-yellow'),
    blue: readColor('--ansi-blue'),
    magenta: readColor('--ansi-magenta'),
    cyan: readColor('--ansi-cyan'),
    white: readColor('--ansi-white'),
    brightBlack: readColor('--ansi-bright-black'),
    brightRed: readColor('--ansi-bright-red'),
    brightGreen: readColor('--ansi-bright-green'),
    brightYellow: readColor('--ansi-bright-yellow'),
    brightBlue: readColor('--ansi-bright-blue'),
    brightMagenta: readColor('--ansi-bright-magenta'),
    brightCyan: readColor('--ansi-bright-cyan'),
    brightWhite: readColor('--ansi-bright-white'),
  };
}
