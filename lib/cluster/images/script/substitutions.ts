import type { ArithmeticCommandExpansion, CommandExpansionPart } from 'unbash';

/** A `$(…)` somewhere in a command. */
export type Substitution = CommandExpansionPart | ArithmeticCommandExpansion;

/** The command substitutions of a syntax node in the order they are worked out; those inside of others are theirs. */
export function substitutionsIn(node: unknown): readonly Substitution[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(substitutionsIn);
  if (isSubstitution(node)) return [node];
  return [...Object.values(node), ...hiddenIn(node)].flatMap(substitutionsIn);
}

/** The parser works some things out when they are asked for: no listing of properties shows them. */
function hiddenIn(node: object): readonly unknown[] {
  const hidden: unknown[] = [];
  if ('parts' in node && !Object.hasOwn(node, 'parts')) hidden.push(node.parts);
  if ('type' in node && node.type === 'Assignment' && 'value' in node && !Object.hasOwn(node, 'value'))
    hidden.push(node.value);
  return hidden;
}

function isSubstitution(node: object): node is Substitution {
  return 'type' in node && (node.type === 'CommandExpansion' || node.type === 'ArithmeticCommandExpansion');
}
