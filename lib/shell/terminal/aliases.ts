import { forEachChild, parse, type SyntaxNode } from 'unbash';

/** How often one line may be expanded again: aliases of aliases. */
const MAX_ROUNDS = 10;

/** Replaces aliases at the places of command names, as an interactive shell does before it parses. */
export function expandAliases(text: string, aliases: ReadonlyMap<string, string>): string {
  if (aliases.size === 0) return text;
  let current = text;
  const used = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const edits: {
      readonly pos: number;
      readonly end: number;
      readonly value: string;
      readonly name: string;
    }[] = [];
    const visit = (node: SyntaxNode) => {
      if (node.type === 'Command' && node.name !== undefined && node.name.text === node.name.value) {
        const value = aliases.get(node.name.text);
        if (value !== undefined && !used.has(node.name.text)) {
          edits.push({ pos: node.name.pos, end: node.name.end, value, name: node.name.text });
        }
      }
      if (node.type !== 'CommandExpansion' || !node.text.startsWith('`')) forEachChild(node, visit);
    };
    visit(parse(current));
    if (edits.length === 0) return current;
    for (const edit of edits.sort((a, b) => b.pos - a.pos)) {
      current = current.slice(0, edit.pos) + edit.value + current.slice(edit.end);
      used.add(edit.name);
    }
  }
  return current;
}
