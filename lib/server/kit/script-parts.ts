/** One complete command of a script, with its here-document if it has one. */
export interface ScriptPart {
  /** Its lines up to (not including) the here-document's text. */
  readonly command: string;
  readonly document?: { readonly text: string; readonly end: string } | undefined;
}

const HERE_DOCUMENT = /<<-?\s*['"]?([A-Za-z_][\w-]*)['"]?/;

/** Complete commands of a script, comments left out: a here-document and a continued line stay whole. */
export function scriptParts(script: string): ScriptPart[] {
  const parts: ScriptPart[] = [];
  const lines = script.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    let command = lines[at] ?? '';
    if (command.trim() === '' || command.startsWith('#')) continue;
    while (command.endsWith('\\') && at + 1 < lines.length) command += `\n${lines[++at]}`;
    const end = HERE_DOCUMENT.exec(command)?.[1];
    if (end === undefined) {
      parts.push({ command });
      continue;
    }
    const text: string[] = [];
    while (at + 1 < lines.length && lines[at + 1]?.trim() !== end) text.push(lines[++at] ?? '');
    at += 1;
    parts.push({ command, document: { text: text.join('\n'), end } });
  }
  return parts;
}

/** The part as it stands in a script. */
export const partText = ({ command, document }: ScriptPart): string =>
  document === undefined ? command : `${command}\n${document.text}\n${document.end}`;

/** A script of these parts. */
export const scriptOf = (parts: readonly ScriptPart[]): string => `${parts.map(partText).join('\n')}\n`;
